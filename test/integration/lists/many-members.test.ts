/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked into freely: the server under test checks each against its schema */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../api/support.ts';
import { allPages, identify } from './support.ts';

/** More than are always counted one by one. */
const copies = 12_000;
/** So few contacts are in the smallest segment that a sample hardly meets one. */
const rare = 3;
/** Every third, but for one of those. */
const inGraz = copies / 3 - 1;

let server: TestServer;
const field = (name: string, value: string) => ({ kind: 'field', field: name, is: { op: 'equals', value } });
const preview = async (when: object, more: object = {}) =>
  (await server.post('/api/segments/preview', { when, ...more })).body;

/** Copies of the contact that there is, in other cities. Those in the smallest are the oldest: the last that a list meets. */
beforeAll(async () => {
  server = await startServer({ patience: { walkMs: 0, countMs: 0 } });
  await server.send(identify('first', { country: 'AT', city: 'Wien' }));
  await server.drain();
  const { pool } = server.deps.store;
  await pool.query(`with made as (
      select md5('copy ' || g.n)::uuid as id, g.n, c.id as of, replace(c.state::text, '"Wien"',
        case when g.n <= ${String(rare)} then '"Lech"' when g.n % 3 = 0 then '"Graz"' else '"Linz"' end) as state
      from contacts c cross join generate_series(1, ${String(copies)}) as g(n)
    ), contact as (
      insert into contacts (id, slot, state, user_id) select id, n % 256, replace(state, of::text, id::text)::json, 'copy-' || n from made
    )
    insert into contact_cards (contact_id, created_us, name, stage, search)
    select id, n, 'Copy ' || n, '', array_to_tsvector(array['copy']) from made`);
  await pool.query('analyze');
});
afterAll(() => server[Symbol.asyncDispose]());

test('nobody waits for all to be looked at: the count is estimated, with what it lies between', async () => {
  const { total } = await preview(field('city', 'Graz'));
  expect(total.exact).toBe(false);
  expect(total.range.from).toBeLessThan(inGraz);
  expect(total.range.to).toBeGreaterThan(inGraz);
  expect(total.range.to - total.range.from).toBeLessThan(inGraz / 4);
  expect(Math.abs(total.count - inGraz)).toBeLessThan(inGraz / 8);
});

test('a set of few is never said to be empty', async () => {
  const { total } = await preview(field('city', 'Lech'));
  expect(total.exact).toBe(false);
  expect(total.range.from).toBeLessThanOrEqual(rare);
  expect(total.range.to).toBeGreaterThanOrEqual(rare);
});

test('all of them are counted when they are to be', async () => {
  expect((await preview(field('city', 'Graz'), { countAll: true })).total).toEqual({ count: inGraz, exact: true });
  expect((await preview(field('city', 'Lech'), { countAll: true })).total).toEqual({ count: rare, exact: true });
});

test('Postgres finds those who may be meant as the core finds them, however a value is written', async () => {
  const spelled = [
    'Bad Ischl',
    'bad ischl',
    ' BAD ISCHL\t',
    '\u00a0Bad Ischl',
    'Bad Ischler',
    'Krems',
    '\u212arems',
    'Žilina',
  ];
  const numbers = [17, '17', '017', '1.7e1', '170', 171];
  const lists = [['Krems', 'Bad Ischl'], ['17']];
  await server.send(
    ...[...spelled, ...numbers, ...lists].map((town, index) => identify(`spelled-${index}`, { town, 'a "b"': town })),
  );
  await server.drain();
  for (const name of ['town', 'a "b"'])
    for (const [value, found] of Object.entries({ 'Bad ischl': 5, krems: 3, ŽILINA: 1, '17': 5, nowhere: 0 })) {
      const total = { count: found, exact: true };
      expect((await preview(field(name, value), { countAll: true })).total, value).toEqual(total);
      // Within an alternative nothing is looked for: everybody is looked at.
      const everybody = { kind: 'any', of: [field(name, value)] };
      expect((await preview(everybody, { countAll: true })).total, value).toEqual(total);
    }
});

test('pages that come short lead on to everybody who is meant', async () => {
  const documents = [{ kind: 'segment', id: 'lech', name: 'Lech', when: field('city', 'Lech') }];
  expect((await server.post('/api/apply', { documents })).status).toBe(200);
  const first = (await server.get('/api/contacts?segment=lech')).body;
  expect(first.items).toEqual([]);
  expect(first.next).not.toBeNull();
  expect(await allPages(server, '/api/contacts?segment=lech&limit=50')).toHaveLength(rare);
  const { items } = (await server.get('/api/segment-counts')).body;
  expect(items[0].range.to).toBeGreaterThanOrEqual(rare);
});

test('as a file it has everybody', async () => {
  const { body } = await server.get('/api/segments/lech/contacts.csv');
  expect(String(body).trimEnd().split('\r\n')).toHaveLength(1 + rare);
});
