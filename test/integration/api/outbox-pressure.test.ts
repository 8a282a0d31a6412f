/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { createPressure, dispatchOutbox } from '@ripen/engine';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noon, startServer, type TestServer } from './support.ts';

let server: TestServer;
/** The pressure's clock. */
let elapsedMs = 0;
beforeAll(async () => {
  server = await startServer(({ pool }) => ({
    // Long enough after the last look for a new one, each time.
    pressure: createPressure(pool, { maxOutboxLagMs: 10_000, elapsed: () => (elapsedMs += 3_000) }),
  }));
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await sql('truncate outbox, inbox');
  await lastCarried(0);
  await asking(0);
  await send();
});

const sql = (text: string, values: unknown[] = []) => server.deps.store.pool.query(text, values);
/** What a dispatcher leaves after a batch: ten rows a second, so that 100 may wait. */
const lastCarried = (secondsAgo: number) =>
  sql("update dispatchers set per_second = 10, carried_at = now() - $1 * interval '1 second'", [secondsAgo]);
/** Lanes have applied so many events that what each asked for, on average, is what counts. */
const asking = (rowsPerEvent: number) =>
  sql('update lanes set applied = applied + 1000000000, asked = asked + $1 where lane = 0', [rowsPerEvent * 1e9]);
const asked = async () => Number((await sql('select sum(asked)::bigint as asked from lanes')).rows[0]?.asked);
/** Rows of runs that are over by now: a dispatcher takes them out and calls nobody. */
const grow = (rows: number, secondsAgo = 0) =>
  sql(
    `insert into outbox (kind, run_id, created_at, not_before)
     select 'start', gen_random_uuid(), at, at
     from generate_series(1, $1), (select now() - $2 * interval '1 second' as at) as moment`,
    [rows, secondsAgo],
  );
const send = () => server.send({ type: 'track', event: 'page_viewed', userId: 'ada' });
const dispatch = (limit: number, start = () => Promise.resolve()) =>
  dispatchOutbox(server.deps, { now: noon, limit }, { start, signal: start });
const refusals = async () => Number(/refusals_total\{cause="outbox"\} (\d+)/.exec(await metrics())?.[1] ?? 0);
const metrics = async () => String((await server.get('/metrics')).body);
/** Durable runs as they are: they wait, so that they are started. */
const waitingRuns = async (): Promise<number> => {
  const { rowCount } = await sql("select 1 from runs where status = 'waiting'");
  return rowCount ?? 0;
};

test('what asks for more runs than are started in time is refused, with the reason and when to come again', async () => {
  const before = await refusals();
  await grow(100);
  expect((await send()).status).toBe(200);
  await grow(25);
  const { status, headers, body } = await send();
  expect([status, body.code, headers.get('retry-after')]).toEqual([429, 'too_busy', '3']);
  expect(body.detail).toBe(
    'Events ask for more runs than Temporal starts: 125 wait, and 10 are carried out a second. Send again shortly.',
  );
  const { body: said } = await server.get('/api/status');
  expect([said.status, said.inbox.accepting, said.outbox.state, said.outbox.perSecond]).toEqual([
    'degraded',
    false,
    'behind',
    10,
  ]);
  expect(await refusals()).toBe(before + 1);

  await dispatch(50);
  await lastCarried(0);
  expect((await send()).status).toBe(200);
  expect(await metrics()).toMatch(/ripen_ingest_accepting 1\n[^]*ripen_outbox_waiting 75\n/);
});

test('a dead Temporal refuses no event, and is an alarm', async () => {
  await grow(5_000, 3_600);
  await lastCarried(3_600);
  for (let sent = 0; sent < 20; sent++) {
    await grow(500, 60);
    expect((await send()).status).toBe(200);
  }
  const { body } = await server.get('/api/status');
  expect([body.status, body.inbox.accepting, body.outbox]).toMatchObject([
    'degraded',
    true,
    { state: 'stalled', waiting: 15_000 },
  ]);
  expect(await metrics()).toMatch(/ripen_outbox_stalled 1\n/);
});

test('what an outage left is worked off without refusing what does not make it grow', async () => {
  await grow(5_000, 3_600);
  await lastCarried(3_600);
  expect((await send()).status).toBe(200);
  await lastCarried(0);
  expect((await send()).status).toBe(200);
  await grow(1);
  expect((await send()).status).toBe(429);
  await dispatch(400);
  await lastCarried(0);
  expect((await send()).status).toBe(200);
});

test('rows that failed wait for their next try, and count neither as backlog nor as progress', async () => {
  await server.post('/api/apply', { documents: [waitAfterForm] });
  for (let n = 0; n < 3; n++) await server.send({ type: 'track', event: 'form', userId: `ben${n}` });
  await server.drain();
  expect(await waitingRuns()).toBe(3);
  await lastCarried(7);
  expect(await dispatch(400, () => Promise.reject(new Error('down')))).toEqual({ done: 0, failed: 3 });
  const { rows } = await sql("select carried_at < now() - interval '6 s' as unmoved from dispatchers");
  expect(rows).toEqual([{ unmoved: true }]);
  // As wide a range of ids as you like: nobody has to wait for what failed.
  await sql(
    "select setval(pg_get_serial_sequence('outbox', 'id'), nextval(pg_get_serial_sequence('outbox', 'id')) + 900)",
  );
  await grow(1);
  expect((await send()).status).toBe(200);
  expect(await metrics()).toMatch(/ripen_outbox_waiting 1\n/);
});

test('ids that were never used are not taken for rows', async () => {
  await grow(1);
  await sql(
    "select setval(pg_get_serial_sequence('outbox', 'id'), nextval(pg_get_serial_sequence('outbox', 'id')) + 900)",
  );
  await grow(1);
  expect((await send()).status).toBe(200);
});

test('a dispatcher notes its pace, which a handful of rows says nothing about', async () => {
  const pace = async () =>
    (
      await server.deps.store.pool.query<{ paced: boolean; carried: boolean }>(
        'select per_second is not null and per_second > 0 as paced, carried_at is not null as carried from dispatchers',
      )
    ).rows;
  await sql('update dispatchers set per_second = null, carried_at = null');
  await grow(5);
  await dispatch(400);
  expect(await pace()).toEqual([{ paced: false, carried: true }]);
  await grow(300);
  await dispatch(400);
  expect(await pace()).toEqual([{ paced: true, carried: true }]);
});

test('a long batch says meanwhile how it goes', async () => {
  await server.post('/api/apply', { documents: [waitAfterForm] });
  await forms(1);
  await server.drain();
  // The one row that makes a call is in the middle.
  await sql("update outbox set not_before = now() - interval '30 s'");
  await grow(100, 60);
  await grow(100);
  await sql('update dispatchers set per_second = null');
  let known: unknown;
  const start = async () => {
    known = (await sql('select per_second from dispatchers')).rows[0];
  };
  const request = { now: noon, limit: 400, noteEveryMs: 0 };
  expect(await dispatchOutbox(server.deps, request, { start, signal: start })).toEqual({ done: 201, failed: 0 });
  expect(known).toEqual({ per_second: expect.any(Number) });
});

test('events that are taken in and not applied yet count with the runs that they will ask for', async () => {
  await server.post('/api/apply', { documents: [waitAfterForm] });
  await asking(0.5);
  const before = await asked();
  await grow(60);
  expect((await forms(60)).status).toBe(200);
  expect((await forms(61)).status).toBe(200);
  const { status, headers, body } = await send();
  expect([status, headers.get('retry-after'), body.detail]).toEqual([
    429,
    '3',
    'Events ask for more runs than Temporal starts: 60 wait and 61 more will, and 10 are carried out a second. Send again shortly.',
  ]);
  // Applied, they are rows; with time, rows are carried out.
  await server.drain();
  expect((await asked()) - before).toBe(121);
  expect((await send()).status).toBe(429);
  await dispatch(100);
  await lastCarried(0);
  expect((await send()).status).toBe(200);
});

test('arrivals that are far apart in number are counted before anybody is refused', async () => {
  await asking(0.5);
  await sql(
    "select setval(pg_get_serial_sequence('inbox', 'id'), nextval(pg_get_serial_sequence('inbox', 'id')) + 9000)",
  );
  await forms(1);
  expect((await send()).status).toBe(200);
});

test('senders that come at once are not all let in because there was room for one', async () => {
  await asking(1);
  expect((await forms(50)).status).toBe(200);
  await sql('truncate inbox');
  const answers = await Promise.all(Array.from({ length: 8 }, () => forms(50)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses.slice(0, 1)).toEqual([200]);
  expect(statuses.slice(3)).toEqual([429, 429, 429, 429, 429]);
});

test('what falls due by itself is not what arrivals ask for', async () => {
  await server.post('/api/apply', { documents: [waitAfterForm] });
  await forms(3);
  await server.drain();
  const before = await asked();
  await sql('truncate outbox');
  server.clock.set(noon + 4 * 86_400_000);
  await server.drain();
  server.clock.set(noon);
  expect(await waitingRuns()).toBe(0);
  expect((await sql("select 1 from outbox where kind = 'signal'")).rowCount).toBeGreaterThanOrEqual(3);
  expect(await asked()).toBe(before);
});

let people = 0;
const forms = (count: number) =>
  server.send(...Array.from({ length: count }, () => ({ type: 'track', event: 'form', userId: `form ${people++}` })));

const waitAfterForm = {
  kind: 'automation',
  id: 'later',
  name: 'Later',
  triggers: [{ type: 'event', event: 'form' }],
  nodes: [
    { id: 'wait', type: 'wait_time', settings: { duration: { amount: 3, unit: 'days' } } },
    { id: 'tag', type: 'add_label', settings: { label: 'later' } },
  ],
  edges: [
    { from: 'start', to: 'wait' },
    { from: 'wait', to: 'tag' },
  ],
};
