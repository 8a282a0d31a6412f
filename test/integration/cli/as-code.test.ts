import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../api/support.ts';
import { commandOf, newDirectory } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const { ripen } = commandOf(() => server);

describe('definitions as code', () => {
  const write = (directory: string, name: string, document: unknown): Promise<void> =>
    writeFile(join(directory, name), JSON.stringify(document));
  const automation = {
    kind: 'automation',
    id: 'as-code',
    name: 'As code',
    triggers: [{ type: 'event', event: 'came_in' }],
    nodes: [
      { id: 'end', type: 'end', settings: {} },
      { id: 'mark', type: 'add_label', settings: { label: 'Seen' } },
    ],
    edges: [
      { from: 'mark', to: 'end' },
      { from: 'start', to: 'mark' },
    ],
    layout: { mark: { x: 10.26, y: 99.9 } },
  };

  test('exported as text that reviews well, that says the same, and that is the same each time', async () => {
    const directory = await newDirectory();
    await write(directory, 'a.json', automation);
    await ripen(['apply', 'a.json'], directory);
    expect((await ripen(['export', '--definitions', 'out'], directory)).code).toBe(0);
    const file = join(directory, 'out/as-code.automation.json');
    const text = await readFile(file, 'utf8');
    const written = JSON.parse(text) as typeof automation;
    expect(Object.keys(written).slice(0, 4)).toEqual(['kind', 'schemaVersion', 'id', 'name']);
    expect(written.nodes.map(({ id }) => id)).toEqual(['mark', 'end']);
    expect(written.layout).toEqual({ mark: { x: 10, y: 100 } });
    expect((await ripen(['apply', file], directory)).stderr).toContain('Nothing changed');
    await ripen(['export', '--definitions', 'out'], directory);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(await ripen(['diff', file], directory)).toMatchObject({ code: 0, stdout: '' });
  });

  test('diff says what would change, in words and by its exit code', async () => {
    const directory = await newDirectory();
    const changed = structuredClone(automation);
    Object.assign(changed.nodes[1]?.settings ?? {}, { label: 'Known' });
    await write(directory, 'a.json', changed);
    const first = await ripen(['diff', 'a.json'], directory);
    expect(first).toMatchObject({
      code: 1,
      stdout: 'automation as-code\n  ~ Add label “mark”, Label: “Seen” -> “Known”\n',
      stderr: expect.stringContaining('1 of 1 document differs.') as unknown,
    });
    const saved = await server.call({
      method: 'PUT',
      path: '/api/automations/as-code/draft',
      body: { document: changed },
    });
    expect(saved.status).toBe(200);
    expect((await ripen(['diff', 'a.json', '--against', 'draft'], directory)).code).toBe(0);
    await write(directory, 'b.json', {
      kind: 'segment',
      id: 'brand-new',
      name: 'New',
      when: { kind: 'label', label: 'Seen' },
    });
    expect((await ripen(['diff', 'b.json'], directory)).stdout).toBe('segment brand-new\n  + not there yet\n');
    expect((await ripen(['diff'], directory)).code).toBe(2);
  });

  test('what is not known there is listed with what is called nearly the same, and mapped', async () => {
    const directory = await newDirectory();
    await server.post('/api/apply', { documents: [{ kind: 'queue', id: 'emea-sales', name: 'EMEA sales' }] });
    await write(directory, 'a.json', {
      ...automation,
      id: 'elsewhere',
      nodes: [{ id: 'give', type: 'route', settings: { queue: 'emea_sale' } }],
      edges: [{ from: 'start', to: 'give' }],
    });
    const refused = await ripen(['apply', 'a.json'], directory);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      'a.json: error: automation elsewhere, node give: there is no queue "emea_sale" there; did you mean emea-sales? --map queue:emea_sale=emea-sales',
    );
    expect(refused.stderr).toContain('nothing was applied');
    expect((await ripen(['apply', 'a.json', '--map', 'emea_sale=emea-sales'], directory)).code).toBe(0);
    await write(directory, 'mapping.json', { queue: { emea_sale: 'emea-sales' } });
    expect((await ripen(['diff', 'a.json', '--mapping', 'mapping.json'], directory)).code).toBe(0);
    const typo = await ripen(['apply', 'a.json', '--map', 'nobody=emea-sales'], directory);
    expect([typo.code, typo.stderr]).toEqual([
      2,
      expect.stringContaining('the documents name nothing called "nobody"'),
    ]);
  });
});
