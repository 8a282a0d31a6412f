import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repo } from '../helpers/cli.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';

// `npm run dev`: the same, and what runs is what the sources say now.
const { path: home, remove } = temporaryHome();
let product: Product;

beforeAll(async () => {
  product = await startProduct(home, {}, ['--watch']);
}, 120_000);
afterAll(async () => {
  await product.stop();
  await remove();
});

const starts = (part: 'api' | 'worker'): number =>
  readFileSync(join(home, 'logs', `${part}.log`), 'utf8').split('"ready":true').length - 1;

test('API and worker start again when a source changes, one that only the bundle of workflows has too', async () => {
  expect([starts('api'), starts('worker')]).toEqual([1, 1]);
  const now = new Date();
  utimesSync(join(repo, 'workflows/src/workflows/sample.ts'), now, now);
  await waitUntil({
    what: 'The second start of both',
    timeoutMs: 60_000,
    until: () => Promise.resolve(starts('api') >= 2 && starts('worker') >= 2),
  });
  expect((await fetch(`${product.url}/health`)).status).toBe(200);
});
