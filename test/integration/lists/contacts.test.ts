/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return --
   answers are looked into freely: the server under test checks each against its schema */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decideRoute } from '@ripen/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../api/support.ts';
import { allPages, dayMs, identify, noon, startLists, track } from './support.ts';

interface Item {
  id: string;
  name: string;
  userId: string | null;
  scores: { model: string; score: number }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startLists();
  // One request each, so that there is an order of making them.
  await server.send(
    identify('ada', {
      firstName: 'Ada',
      lastName: 'Løvelace',
      email: 'ada@analytical.example',
      company: 'Analytical Engines',
    }),
  );
  await server.send(identify('bob', { name: 'Bob Böttcher', email: 'bob@web.example', country: 'US' }));
  await server.send(identify('cy', { email: 'cy@analytical.example', 'account.name': 'Analytical Engines' }));
  await server.send({ type: 'track', anonymousId: 'who-knows', event: 'visited', messageId: 'anon' });
  await server.send(
    ...Array.from({ length: 6 }, () => track('ada', 'visited')),
    track('bob', 'visited'),
    track('bob', 'visited'),
    track('bob', 'form_sent'),
  );
  await server.drain();
});
afterAll(() => server[Symbol.asyncDispose]());

const names = async (query: string): Promise<string[]> =>
  (await server.get(`/api/contacts?${query}`)).body.items.map((item: Item) => item.name);

describe('the list of contacts', () => {
  test('shows newest first, with names, companies and scores of every model, the lifecycle first', async () => {
    const { body } = await server.get('/api/contacts');
    expect(body.total).toEqual({ count: 4, exact: true });
    expect(body.items.map((item: Item) => item.name)).toEqual([
      expect.stringMatching(/^Anonymous [0-9a-f]{8}$/),
      'cy@analytical.example',
      'Bob Böttcher',
      'Ada Løvelace',
    ]);
    expect(body.items[2]).toMatchObject({
      email: 'bob@web.example',
      company: null,
      stage: 'lead',
      stageName: 'Lead',
      labels: ['Asked Us'],
      scores: [
        { model: 'interest', name: 'Interest', score: 20 },
        { model: 'fit', name: 'Fit', score: 20 },
      ],
      lastEventAt: new Date(noon).toISOString(),
    });
    expect(body.items[1].company).toBe('Analytical Engines');
  });

  test.each([
    ['q=ada', ['Ada Løvelace']],
    ['q=ADA%20an', ['Ada Løvelace']],
    ['q=bottch', ['Bob Böttcher']],
    ['q=analytical', ['cy@analytical.example', 'Ada Løvelace']],
    ['q=engin', ['cy@analytical.example', 'Ada Løvelace']],
    ['q=bob@web', ['Bob Böttcher']],
    ['q=nalytical', []],
    ['q=ada%20bob', []],
    [`q=${encodeURIComponent("x':* | 'a")}`, []],
    ['q=%20%20', [expect.anything(), expect.anything(), expect.anything(), expect.anything()]],
    ['label=asked%20us', ['Bob Böttcher']],
    ['label=asked', []],
    ['stage=mql', ['Ada Løvelace']],
    ['stage=none', [expect.stringMatching(/^Anonymous/), 'cy@analytical.example']],
    ['stage=nobody-knows-it', []],
    ['stage=lead&q=bob&label=Asked%20Us', ['Bob Böttcher']],
  ])('%s finds %j', async (query, found) => {
    expect(await names(query)).toEqual(found);
    // The other order finds the same.
    expect((await names(`${query}&sort=score`)).sort()).toEqual([...(await names(query))].sort());
  });

  test('those with a lead are found while sales has it', async () => {
    expect(await names('lead=open')).toEqual([]);
    const { rows } = await server.deps.store.pool.query<{ id: string }>('select id from asks');
    for (const { id } of rows) await decideRoute(server.deps, { askId: id, now: noon });
    await server.drain();
    const { body } = await server.get('/api/contacts?lead=open');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ name: 'Bob Böttcher', openLead: rows[0]?.id });
    const detail = (await server.get(`/api/contacts/${body.items[0].id}`)).body;
    expect(detail.lead).toMatchObject({ queueName: 'Sales', status: 'open', repName: expect.any(String) });
    await server.post(`/api/leads/${rows[0]?.id}/reject`, { reason: 'no' });
    expect(await names('lead=open')).toEqual([]);
  });

  test('a changed name or a new label is found by what it is now', async () => {
    await server.send(identify('cy', { name: 'Cyrus Smith' }));
    await server.drain();
    expect(await names('q=cyr')).toEqual(['Cyrus Smith']);
    expect((await server.get('/api/contacts/look-up?userId=cy')).body.name).toBe('Cyrus Smith');
  });

  test('two contacts that turn out to be one are one in the list, too', async () => {
    const before = (await server.get('/api/contacts')).body.total.count;
    await server.send({ type: 'track', anonymousId: 'x1', event: 'visited', messageId: 'x1' });
    await server.send(identify('dee', { email: 'dee@web.example' }));
    await server.drain();
    expect((await server.get('/api/contacts')).body.total.count).toBe(before + 2);
    await server.send({ ...identify('dee', {}), anonymousId: 'x1' });
    await server.drain();
    expect((await server.get('/api/contacts')).body.total.count).toBe(before + 1);
    expect((await server.get('/api/contacts?q=dee&sort=score')).body.items[0].scores[0].score).toBe(10);
  });

  test('of a workspace from before is there at once, and put right as it is read', async () => {
    await using old = await startLists();
    await old.send(identify('ada', { firstName: 'Ada', lastName: 'B', email: 'ada@x.example', company: 'Acme' }));
    await old.send(identify('bob', { name: 'Bob' }), track('bob', 'visited'));
    await old.drain();
    const { pool } = old.deps.store;
    await pool.query('truncate contact_cards, contact_heat; update contacts set card = null');
    const statements = readFileSync(join(import.meta.dirname, '../../../infra/migrations/0004_lists.sql'), 'utf8');
    for (const statement of statements.replace(/^--.*$/gm, '').split(/;\s*$/m))
      if (/insert into contact_/.test(statement)) await pool.query(statement);
    const found = async (query: string): Promise<string[]> =>
      (await old.get(`/api/contacts?${query}`)).body.items.map((item: Item) => item.name);
    expect(await found('q=acm')).toEqual(['Ada B']);
    expect(await found('sort=score')).toEqual(['Bob', 'Ada B']);
    expect((await pool.query('select heat from contact_heat order by heat')).rows).toEqual([{ heat: 0 }, { heat: 10 }]);
  });

  test.each([
    [
      'invalid_cursor',
      `after=${Buffer.from('["many:score",1,"00000000-0000-4000-8000-000000000000"]').toString('base64url')}`,
    ],
    ['invalid_request', 'sort=coldest'],
    ['invalid_request', 'lead=closed'],
  ])('%s for what cannot be asked', async (code, query) => {
    const answer = await server.get(`/api/contacts?${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });
});

describe('pages', () => {
  let many: TestServer;
  const points = new Map<string, number>();
  beforeAll(async () => {
    many = await startLists();
    for (let n = 0; n < 40; n++) {
      const visits = n % 9;
      points.set(`user-${n}`, visits * 10);
      // Eight at a time have the same moment of making.
      if (n % 8 === 0)
        await many.send(
          ...Array.from({ length: 8 }, (_, k) =>
            identify(`user-${n + k}`, { name: `Person ${n + k}`, company: 'Crowd' }),
          ),
        );
      await many.send(...Array.from({ length: visits }, () => track(`user-${n}`, 'visited')));
    }
    await many.drain();
  });
  afterAll(() => many[Symbol.asyncDispose]());

  test.each(['sort=newest', 'sort=score', 'sort=newest&q=crowd', 'sort=score&q=crowd', 'sort=score&stage=mql'])(
    'of %s hold everything once, in one order whatever their size',
    async (query) => {
      const whole = await allPages<Item>(many, `/api/contacts?${query}&limit=200`);
      const small = await allPages<Item>(many, `/api/contacts?${query}&limit=3`);
      expect(small.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
      expect(whole.length).toBe(query.includes('mql') ? [...points.values()].filter((sum) => sum >= 45).length : 40);
    },
  );

  test('by score are in the order of the scores that they show', async () => {
    const scores = (await allPages<Item>(many, '/api/contacts?sort=score&limit=7')).map(
      (item) => item.scores[0]?.score,
    );
    expect(scores).toEqual([...points.values()].sort((a, b) => b - a));
  });

  test('by score tell what has faded since anybody touched it, without an event', async () => {
    for (const limit of [4, 3, 50]) {
      // All have halved once more; who visited since is hotter than those of old.
      many.clock.set(many.clock.now() + 30 * dayMs);
      await many.send(...Array.from({ length: 6 }, () => track('user-1', 'visited')));
      await many.send(...Array.from({ length: limit }, () => track(`user-${limit % 10}`, 'visited')));
      await many.drain();
      const items = await allPages<Item>(many, `/api/contacts?sort=score&limit=${limit}`);
      expect(new Set(items.map(({ id }) => id)).size).toBe(40);
      expect(items).toHaveLength(40);
      const scores = items.map((item) => item.scores[0]?.score ?? 0);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
    // What was read is written down: nothing hot is left that has gone cold.
    const { rows } = await many.deps.store.pool.query<{ heat: number }>(
      'select heat from contact_heat order by heat desc',
    );
    const items = await allPages<Item>(many, '/api/contacts?sort=score&limit=200');
    expect(rows.map(({ heat }) => heat)).toEqual(items.map((item) => Math.floor(item.scores[0]?.score ?? 0)));
  });
});

test('points leave the row of a contact where it is, and its card alone', async () => {
  await using world = await startLists();
  await world.send(identify('eve', { name: 'Eve' }), track('eve', 'visited'));
  await world.drain();
  const { pool } = world.deps.store;
  const state = async () => {
    const { rows } = await pool.query<{ place: string; card: string }>(
      'select c.ctid::text as place, k.xmin::text as card from contacts c join contact_cards k on k.contact_id = c.id',
    );
    return rows[0];
  };
  const hot = async () => {
    // Statistics of the lanes' connections arrive when these are idle for a while, unless they are told to.
    await pool.query('select pg_stat_force_next_flush()');
    const { rows } = await pool.query<{ hot: number; all: number }>(
      `select n_tup_hot_upd as hot, n_tup_upd as all from pg_stat_user_tables where relname = 'contacts'`,
    );
    return rows[0];
  };
  const before = await state();
  for (let n = 0; n < 5; n++) {
    await world.send(track('eve', 'opened'), track('eve', 'read'));
    await world.drain();
  }
  expect((await state())?.card).toBe(before?.card);
  expect((await state())?.place).not.toBe(before?.place);
  // Five updates, all in place.
  await expect.poll(async () => hot(), { timeout: 15_000 }).toMatchObject({ hot: expect.any(Number) });
  const after = await hot();
  expect((after?.all ?? 0) - (after?.hot ?? 0)).toBeLessThanOrEqual(1);
});
