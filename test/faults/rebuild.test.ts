import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../helpers/api.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { settled } from '../helpers/settled.ts';
import { patientDatabase, type PatientDatabase } from './support/database.ts';
import { pageModel } from './support/pages.ts';

const { path: home, remove } = temporaryHome();
let product: Product;
let database: PatientDatabase;
let api: ReturnType<typeof clientOf>;
const opened: (() => Promise<unknown>)[] = [];
/** So many that there is time to be killed in: a thousand take a tenth of a second. */
const contacts = 12_000;
const each = 3;

const documents = [pageModel(2, { halfLifeDays: 30 })];

beforeAll(async () => {
  product = await startProduct(home);
  opened.push(product.stop);
  database = patientDatabase(product.databaseUrl);
  opened.push(database.close);
  api = clientOf(product.url, product.keys);
  await api.post('/api/apply', { documents });
  const messages = Array.from({ length: contacts * each }, (_, n) => ({
    type: 'page',
    userId: `person-${n % contacts}`,
    messageId: `m${n}`,
  }));
  for (let from = 0; from < messages.length; from += 500) await api.send(messages.slice(from, from + 500));
  await settled(database.pool, Date.now(), 120_000);
}, 300_000);

afterAll(async () => {
  for (const close of opened.reverse()) await close();
  await remove();
});

const books = () =>
  database.ask<{ books: string }>(
    `select md5(string_agg(id::text || (state->'models')::text || coalesce(stage, ''), ',' order by id)) as books from contacts`,
  );

test('the worker is killed in mid-rebuild: it goes on, and the books say the same', async () => {
  const before = await books();
  const { jobId } = await api.post<{ jobId: string }>('/api/rebuilds', {});
  const job = () => api.get<{ status: string; done: number; total: number }>(`/api/jobs/${jobId}`);
  await waitUntil({ what: 'A rebuild under way', timeoutMs: 60_000, until: async () => (await job()).done > 0 });
  const pid = product.pid('Worker');
  product.kill('Worker');
  const atKill = await job();
  expect(atKill.done).toBeLessThan(contacts);
  await waitUntil({
    what: 'Another worker',
    timeoutMs: 60_000,
    until: () => Promise.resolve(product.pid('Worker') !== pid),
  });
  await waitUntil({ what: 'The end', timeoutMs: 180_000, until: async () => (await job()).status === 'completed' });
  expect(await job()).toMatchObject({ done: contacts, total: contacts });
  await settled(database.pool, Date.now(), 120_000);
  expect(await books()).toEqual(before);
  const { oldest } = await database.ask<{ oldest: number }>(
    `select min((state->>'generation')::int) as oldest from contacts`,
  );
  expect(oldest).toBe(2);
});
