import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { mappingSchema } from '@ripen/shared/import';
import { runForTest } from './testing.ts';

const repo = join(import.meta.dirname, '../../..');
const worked = (name: string): Promise<string> => readFile(join(repo, 'shared/examples/worked', name), 'utf8');

let readme: string;
beforeAll(async () => {
  readme = await readFile(join(repo, 'shared/README.md'), 'utf8');
});

describe('the README of shared', () => {
  test.each(['definitions.json', 'events.jsonl', 'expected.jsonl'])('shows %s as it is', async (name) => {
    expect(readme).toContain(`\`\`\`${name.split('.')[1]}\n${await worked(name)}\`\`\``);
  });

  test('its command gives its output, byte for byte, from a file and from a pipe', async () => {
    const command = /^ {4}ripen (simulate (?:.*\\\n)+.*--scores-at.*)$/m.exec(readme)?.[1];
    const argv = (command ?? '').replaceAll('\\\n', ' ').trim().split(/\s+/);
    expect(argv).toContain('--until');
    const fromFile = await runForTest(argv, { cwd: repo });
    expect(fromFile.stdout).toBe(await worked('expected.jsonl'));
    // There is a dead letter.
    expect(fromFile.code).toBe(1);
    const piped = argv.map((word) => (word.endsWith('events.jsonl') ? '-' : word));
    const fromPipe = await runForTest(piped, { cwd: repo, stdin: await worked('events.jsonl') });
    expect(fromPipe.stdout).toBe(fromFile.stdout);
  });

  test('its mapping is one', () => {
    const mapping = /```json mapping\n([^]*?)```/.exec(readme)?.[1] ?? '';
    expect(mappingSchema.safeParse(JSON.parse(mapping)).error).toBeUndefined();
  });
});

describe('every example set', () => {
  test.each(['starter', 'b2b-saas/definitions', 'cdnow/definitions', 'worked/definitions.json'])(
    '%s is valid',
    async (set) => {
      const { code, stderr } = await runForTest(['validate', join('shared/examples', set)], { cwd: repo });
      expect(stderr).not.toContain(': error:');
      expect(code).toBe(0);
    },
  );

  test.each(['b2b-saas', 'cdnow'])('the mapping of %s is one', async (set) => {
    const mapping: unknown = JSON.parse(await readFile(join(repo, 'shared/examples', set, 'mapping.json'), 'utf8'));
    expect(mappingSchema.safeParse(mapping).error).toBeUndefined();
  });
});
