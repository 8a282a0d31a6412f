import { createPool } from '@ripen/engine';
import { definitionSchema, definitionsOf, type Definition } from '@ripen/shared';
import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksOf, expectSameBooks } from '../helpers/books.ts';
import { ripen, ripenWell } from '../helpers/cli.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { settled } from '../helpers/settled.ts';
import { recordedArrivals } from '../helpers/workspace.ts';
import { simulate } from '../law/support/simulate.ts';

/** A small part of what people load, and enough for leads in every state. */
const contacts = 400;

const { path: home, remove } = temporaryHome();
let product: Product;
let pool: ReturnType<typeof createPool>;
let server: Record<string, string>;

beforeAll(async () => {
  product = await startProduct(home);
  pool = createPool({ databaseUrl: product.databaseUrl, max: 2 });
  server = { RIPEN_URL: product.url, RIPEN_KEY: product.keys.apiKey, RIPEN_HOME: home };
}, 180_000);

afterAll(async () => {
  await pool.end();
  await product.stop();
  await remove();
});

interface Sample {
  offered: boolean;
  unfinished: boolean;
  job: { status: string; done: number; total: number } | null;
}

const ask = async (path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> => {
  const headers = { authorization: `Bearer ${product.keys.apiKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${product.url}${path}`, { ...init, headers });
  return { status: response.status, body: await response.json() };
};
const state = async (): Promise<Sample> => (await ask('/api/sample')).body as Sample; // Checked against its schema by the server.
const counted = async (query: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await pool.query<{ name: string; count: number }>(query)).rows.map(({ name, count }) => [name, Number(count)]),
  );

test('an empty workspace is offered the sample, and the command loads it; one that was cancelled goes on', async () => {
  expect(await state()).toEqual({ offered: true, unfinished: false, job: null });
  const loading = ripen(['sample', '--contacts', String(contacts)], server);
  await waitUntil({
    what: 'The first of its events',
    timeoutMs: 60_000,
    until: async () => ((await state()).job?.done ?? 0) > 0,
  });
  await ripenWell(['sample', '--cancel'], server);
  expect(await loading).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The load was cancelled.') as string,
  });
  const stopped = await state();
  expect(stopped).toMatchObject({ offered: true, unfinished: true, job: { status: 'cancelled' } });
  expect(stopped.job?.done).toBeLessThan(stopped.job?.total ?? 0);
  const { stderr } = await ripenWell(['sample'], server);
  expect(stderr).toMatch(/Going on after [\d,]+ events?\.\nThe sample workspace is there: /);
  const { offered, job } = await state();
  expect(offered).toBe(false);
  expect(job).toMatchObject({ status: 'completed', done: job?.total });
});

test('it is refused where there are contacts', async () => {
  const again = await ask('/api/sample', { method: 'POST', body: '{}' });
  expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(JSON.stringify(again.body)).toContain('The workspace has contacts');
  const { code, stderr } = await ripen(['sample'], server);
  expect([code, stderr]).toEqual([1, expect.stringContaining('The workspace has contacts')]);
});

test('every screen has something to show', async () => {
  await settled(pool, Date.now(), 60_000);
  const leads = await counted('select status as name, count(*) from leads group by 1');
  for (const status of ['open', 'accepted', 'rejected', 'won', 'lost']) expect(leads, status).toHaveProperty(status);
  expect(await counted("select 'held' as name, count(*) from leads where held")).toEqual({ held: 0 });
  const told = await pool.query(
    `select 1 from leads where (status in ('rejected', 'lost') and reason is null) or (status = 'won' and value is null)`,
  );
  expect(told.rowCount).toBe(0);
  const runs = await counted('select status as name, count(*) from runs group by 1');
  for (const status of ['completed', 'waiting', 'failed']) expect(runs, status).toHaveProperty(status);
  const deliveries = await counted('select status as name, count(*) from deliveries group by 1');
  for (const status of ['held', 'delivered', 'failed']) expect(deliveries, status).toHaveProperty(status);
  const stages = await counted(`select coalesce(stage, 'none') as name, count(*) from contacts group by 1`);
  for (const stage of ['none', 'prospect', 'lead', 'mql']) expect(stages, stage).toHaveProperty(stage);
  expect((await pool.query('select 1 from dead_letters')).rowCount).toBe(0);
});

test('its ledger is the one that the simulator writes from the same arrivals', async () => {
  const { rows } = await pool.query<{ document: unknown }>(
    'select document from definitions where to_revision is null',
  );
  const documents = rows.map(({ document }): Definition => definitionSchema.parse(document));
  const until = Date.now();
  await settled(pool, until, 60_000);
  const arrivals = await recordedArrivals(pool);
  // Contacts that merged have their ledger in a later generation, with ids of its own.
  const merged = await pool.query<{ ids: string[] }>(
    'select array[id, merged_into] as ids from contacts where merged_into is not null',
  );
  const apart = new Set(merged.rows.flatMap(({ ids }) => ids));
  const unmerged = (line: string): boolean => !apart.has((JSON.parse(line) as { contact: string }).contact);
  const books = await booksOf(pool);
  const simulated = simulate({
    definitions: definitionsOf(documents),
    messages: (arrivals as { contact: string }[]).filter(({ contact }) => !apart.has(contact)),
    until,
    answers: 'recorded',
  });
  expect(simulated.deadLetters).toEqual([]);
  expect(books.entries.length).toBeGreaterThan(1_000);
  expectSameBooks(
    { entries: books.entries.filter(unmerged), moves: books.moves.filter(unmerged) },
    simulated.books,
    'Loaded and simulated',
  );
});
