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

interface Job {
  status: string;
  done: number;
  total: number;
}

const rebuild = async (inMid?: (job: () => Promise<Job>) => Promise<void>): Promise<Job> => {
  const { jobId } = await api.post<{ jobId: string }>('/api/rebuilds', {});
  const job = () => api.get<Job>(`/api/jobs/${jobId}`);
  if (inMid) {
    await waitUntil({ what: 'A rebuild under way', timeoutMs: 60_000, until: async () => (await job()).done > 0 });
    await inMid(job);
  }
  await waitUntil({ what: 'The end', timeoutMs: 180_000, until: async () => (await job()).status === 'completed' });
  await settled(database.pool, Date.now(), 120_000);
  return job();
};

/** Resolves when there is another worker. */
const killWorker = async (): Promise<void> => {
  const pid = product.pid('Worker');
  product.kill('Worker');
  await waitUntil({
    what: 'Another worker',
    timeoutMs: 60_000,
    until: () => Promise.resolve(product.pid('Worker') !== pid),
  });
};

test('the worker is killed in mid-rebuild: it goes on, and the books say the same', async () => {
  const before = await books();
  const ended = await rebuild(async (job) => {
    const restarted = killWorker();
    expect((await job()).done).toBeLessThan(contacts);
    await restarted;
  });
  expect(ended).toMatchObject({ done: contacts, total: contacts });
  expect(await books()).toEqual(before);
  const { oldest } = await database.ask<{ oldest: number }>(
    `select min((state->>'generation')::int) as oldest from contacts`,
  );
  expect(oldest).toBe(2);
});

test('live events that come meanwhile are neither lost nor doubled, and history says what they said', async () => {
  const batches = 20;
  const size = 100;
  await rebuild(async () => {
    const restarted = killWorker();
    for (let batch = 0; batch < batches; batch++)
      await api.send(
        Array.from({ length: size }, (_, n) => ({
          type: 'page',
          // From all over the order in which contacts are rebuilt.
          userId: `person-${(batch * size + n) * 5}`,
          messageId: `live-${batch}-${n}`,
        })),
      );
    await restarted;
  });
  const total = contacts * each + batches * size;
  expect(
    await database.ask('select count(*)::int as all, count(distinct message_id)::int as apart from events'),
  ).toEqual({ all: total, apart: total });
  const { earned } = await database.ask<{ earned: number }>(
    `select count(*)::int as earned from ledger l join contacts c on c.id = l.contact_id
     where l.generation = (c.state->>'generation')::int and l.kind = 'points'`,
  );
  expect(earned).toBe(total);
  const lived = await books();
  await rebuild();
  expect(await books()).toEqual(lived);
});

test('what rebuilds have replaced is removed a minute later, and nothing else', async () => {
  const present = () =>
    database.ask('select count(*)::int as entries, sum(points)::float8 as points from ledger l where ' + now);
  const now = `l.generation = (select (state->>'generation')::int from contacts where id = l.contact_id)`;
  const before = await present();
  await waitUntil({
    what: 'The removal',
    timeoutMs: 180_000,
    until: async () => (await database.pool.query(`select 1 from ledger l where not (${now}) limit 1`)).rowCount === 0,
  });
  expect(await present()).toEqual(before);
  expect(await database.ask('select count(*)::int as noted from outdated')).toEqual({ noted: 0 });
});
