import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repo } from '../helpers/cli.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { blocksOf, commandsOf, documentAt } from '../helpers/readme.ts';

// What the READMEs tell people to type, as it stands there, in a folder that looks like the repo's root.
const { path: home, remove } = temporaryHome();
const root = mkdtempSync(join(tmpdir(), 'ripen-readme-'));
let product: Product;

/** `npm run ripen --` without looking for updates of what it needs, and `ripen`, which stands for it. */
const program = (name: string, words: string): void => {
  const path = join(root, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${words}\nexec '${process.execPath}' '${repo}/engine/src/cli/main.ts' "$@"\n`);
  chmodSync(path, 0o755);
};

beforeAll(async () => {
  mkdirSync(join(root, 'bin'));
  program('ripen', '');
  program('npm', '[ "$1 $2 $3" = "run ripen --" ] || { echo "npm $*" >&2; exit 64; }\nshift 3');
  symlinkSync(join(repo, 'shared'), join(root, 'shared'));
  symlinkSync(home, join(root, '.ripen'));
  product = await startProduct(home);
}, 180_000);
afterAll(async () => {
  await product.stop();
  await remove();
  rmSync(root, { recursive: true, force: true });
});

const shell = (script: string): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((done) => {
    const env = { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: root };
    execFile('bash', ['-c', script], { cwd: root, env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

test('the README: from an empty workspace to a lead, by its own commands', async () => {
  const readme = documentAt('README.md');
  const apply = commandsOf(readme).find((command) => command.startsWith('npm run ripen -- apply'));
  expect(await shell(apply ?? '')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('8 documents published') as string,
  });

  const blocks = blocksOf(readme, 'sh').join('\n');
  const url = 'URL=http://127.0.0.1:4600 ';
  expect(blocks).toContain(url);
  const { stdout, stderr } = await shell(blocks.replace(url, `URL=${product.url} `));
  expect(stdout).toContain('{"success":true,"accepted":2,"duplicates":0,"errors":[]}');
  expect(stdout).toContain('"userId":"visitor-1"');
  expect(stdout).toContain('ripen <command> [options]');
  expect(stdout).toContain(documentAt('shared/examples/worked/expected.jsonl').split('\n')[0]);
  expect(stderr).toContain('Nothing changed: 8 documents as published already');
  expect(stdout).toContain('ripen import [--mapping');

  // "hands contacts from the United States who click an e-mail to sales"
  const { apiKey } = product.keys;
  const look = `curl -s -H 'Authorization: Bearer ${apiKey}' '${product.url}/api/contacts/look-up?userId=visitor-1'`;
  await waitUntil({
    what: 'The lead of visitor-1',
    timeoutMs: 30_000,
    until: async () => {
      const { stage, openLead } = JSON.parse((await shell(look)).stdout) as { stage: string; openLead: string | null };
      return stage === 'mql' && openLead !== null;
    },
  });
});

test('the README of shared: imports by columns, by a mapping, and of events', async () => {
  const readme = documentAt('shared/README.md');
  const imports = commandsOf(readme).filter((command) => command.startsWith('ripen import') && !command.includes('<'));
  expect(imports.length).toBe(4);
  writeFileSync(join(root, 'orders.csv'), 'customer;date;sum\nann;2026-01-02;12.5\nbob;2026-01-03;9\n');
  writeFileSync(join(root, 'events.jsonl'), documentAt('shared/examples/worked/events.jsonl').split('\n')[0] ?? '');
  expect((await shell(imports[0] ?? '')).stderr).toContain('2 events loaded and applied');
  writeFileSync(join(root, 'leads.csv'), 'Prospect ID,Country\nann,Germany\nbob,Select\n');
  expect((await shell(imports[1] ?? '')).stderr).toContain('2 events loaded and applied');
  expect((await shell(imports[2] ?? '')).stderr).toContain('1 event loaded and applied');
  writeFileSync(join(root, 'companies.csv'), 'domain,industry,employees\nacme.example,Software,250\n');
  expect((await shell(imports[3] ?? '')).stderr).toContain('1 row of accounts told');

  const mapped = join(root, 'mapped');
  mkdirSync(mapped);
  writeFileSync(join(mapped, 'mapping.json'), blocksOf(readme, 'json mapping')[0] ?? '');
  writeFileSync(join(mapped, 'customers.csv'), 'id,mail\nann,ann@example.com\n');
  writeFileSync(
    join(mapped, 'orders.csv'),
    'customer,ordered,status,sum,items,newsletter,country\nann,31.01.2026 10:30,Paid,9.5,a;b,yes,DE\n',
  );
  const { code } = await shell('ripen import --mapping mapped/mapping.json --out mapped/events.jsonl');
  expect(code).toBe(0);
  const events = readFileSync(join(mapped, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(events).toMatchObject([
    {
      type: 'track',
      event: 'Order Paid',
      userId: 'ann',
      timestamp: '2026-01-31T09:30:00.000Z',
      properties: { sum: 9.5, items: ['a', 'b'], shop: 'web' },
    },
    { type: 'identify', userId: 'ann', traits: { country: 'DE', newsletter: true } },
  ]);
});
