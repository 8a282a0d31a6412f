import { join, resolve } from 'node:path';
import { startChild, waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PartName, type Product, startProduct, temporaryHome } from '../helpers/product.ts';

// `npm start` as people meet it: one URL, parts that come back, a second start, a start after a hard kill.
const { path: home, remove } = temporaryHome();
let product: Product;

beforeAll(async () => {
  product = await startProduct(home);
}, 120_000);
afterAll(async () => {
  await product.stop();
  await remove();
});

async function healthy(): Promise<boolean> {
  const response = await fetch(`${product.url}/health`);
  return response.status === 200;
}

test('it prints exactly one URL, at which a page is', async () => {
  const urls = product.said().flatMap((line) => line.match(/https?:\/\/\S+/g) ?? []);
  expect(urls).toEqual([product.url]);
  const page = await fetch(product.url, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('<title>Ripen</title>');
});

test('a second start says that one runs, and where', async () => {
  const said: string[] = [];
  const second = await startChild({
    name: 'A second start',
    command: process.execPath,
    args: [resolve(import.meta.dirname, '../../infra/local/stack/main.ts')],
    cwd: home,
    env: { ...process.env, RIPEN_HOME: home },
    logPath: join(home, 'logs', 'second.log'),
    onLine: (line) => said.push(line),
  });
  await second.exited;
  expect(said).toEqual([expect.stringContaining(`runs already at ${product.url}`)]);
  expect(await healthy()).toBe(true);
});

test.each<PartName>(['Worker', 'API', 'Temporal', 'Postgres'])(
  '%s is reported and comes back when killed',
  async (part) => {
    const before = product.pid(part);
    product.kill(part);
    await waitUntil({
      what: part,
      timeoutMs: 60_000,
      until: async () =>
        product.said().includes(`${part} is back.`) && product.pid(part) !== before && (await healthy()),
    });
    expect(product.said()).toContainEqual(expect.stringMatching(`^${part} was ended by SIGKILL; starting it again`));
  },
);

test('after a hard kill of all of it, a start finds the same keys and data, in less than 15 seconds', async () => {
  const { keys, databaseUrl } = product;
  const pids = (['API', 'Worker'] as const).map((part) => product.pid(part));
  await product.killSupervisor();
  const from = performance.now();
  product = await startProduct(home);
  expect(performance.now() - from).toBeLessThan(15_000);
  expect(product.keys).toMatchObject({ apiKey: keys.apiKey, writeKey: keys.writeKey });
  expect(product.databaseUrl).toBe(databaseUrl);
  expect(await healthy()).toBe(true);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('the API and the worker do not outlive a supervisor that was killed', async () => {
  const pids = (['API', 'Worker'] as const).map((part) => product.pid(part));
  await product.killSupervisor();
  const gone = (pid: number): boolean => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  };
  await waitUntil({ what: 'The end of the parts', timeoutMs: 30_000, until: async () => pids.every(gone) });
  product = await startProduct(home);
});

test('a start while it stops waits for that', async () => {
  const stopping = product.stop();
  product = await startProduct(home);
  await stopping;
  expect(await healthy()).toBe(true);
});

test('Ctrl-C stops all of it', async () => {
  const pids = (['API', 'Worker', 'Postgres', 'Temporal'] as const).map((part) => product.pid(part));
  await product.stop();
  expect(product.said().at(-1)).toMatch(/^Ripen has stopped/);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
