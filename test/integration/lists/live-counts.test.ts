import { removeOldTimes } from '@ripen/engine';
import { expect, test } from 'vitest';
import type { TestServer } from '../api/support.ts';
import { allPages, dayMs, noon, startLists, track } from './support.ts';

const hourMs = 3_600_000;

interface Node {
  node: string;
  entered: number;
  waiting: number;
  done: number;
  failed: number;
  undelivered: number;
}
interface Answer {
  since: string | null;
  counts: Record<string, number>;
  nodes: Node[];
  edges: { from: string; port: string; count: number }[];
  failures: { node: string; kind: string; reason: string; count: number; run: string }[];
}
const countsOf = async (server: TestServer, period: string, of = 'demo'): Promise<Answer> =>
  (await server.get(`/api/automations/${of}/counts?period=${period}`)).body as Answer;

/** One asks for a demo 40 days ago, one 3 days, one 5 hours, one a few minutes ago; the second comes back an hour ago. */
const busy = async (server: TestServer): Promise<void> => {
  const now = noon + 40 * dayMs;
  const at = async (before: number, ...messages: object[]): Promise<void> => {
    server.clock.set(now - before);
    await server.send(...messages);
    await server.drain();
  };
  await at(40 * dayMs, track('a', 'demo_asked'));
  await at(3 * dayMs, track('b', 'demo_asked'));
  await at(5 * hourMs, track('c', 'demo_asked'));
  await at(90 * 60_000, track('b', 'visited'));
  await at(120_000, track('d', 'demo_asked'));
  server.clock.set(now);
  await server.drain();
};

test('each period counts what happened in it, and who waits now', async () => {
  await using server = await startLists();
  await busy(server);
  const wait = async (period: string): Promise<Partial<Node>> => {
    const { nodes } = await countsOf(server, period);
    const { entered, waiting, done } = nodes.find(({ node }) => node === 'wait') ?? {};
    return { entered, waiting, done };
  };
  expect(await wait('hour')).toEqual({ entered: 1, waiting: 2, done: 0 });
  expect(await wait('day')).toEqual({ entered: 2, waiting: 2, done: 1 });
  expect(await wait('week')).toEqual({ entered: 3, waiting: 2, done: 1 });
  expect(await wait('month')).toEqual({ entered: 3, waiting: 2, done: 1 });
  expect(await wait('all')).toEqual({ entered: 4, waiting: 2, done: 2 });
  expect((await countsOf(server, 'day')).edges).toContainEqual({ from: 'wait', port: 'happened', count: 1 });
  expect((await countsOf(server, 'all')).since).toBeNull();
  expect(await server.get('/api/automations/demo/counts?period=year')).toMatchObject({ status: 400 });
});

test('what no period reaches any more is removed, and nobody can tell', async () => {
  await using server = await startLists();
  await busy(server);
  const all = async (): Promise<Answer[]> =>
    Promise.all(['hour', 'day', 'week', 'month', 'all'].map((period) => countsOf(server, period)));
  const before = await all();
  expect(await removeOldTimes(server.deps.store.pool, server.clock.now())).toBeGreaterThan(0);
  expect(await all()).toEqual(before);
  const { rows } = await server.deps.store.pool.query<{ n: number }>(
    'select count(*)::int as n from step_times where minutes = 1440 and stretch < $1',
    [Math.floor((server.clock.now() - 32 * dayMs) / dayMs)],
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test('a number leads to as many runs as it says: who came, by which output they left, what failed', async () => {
  await using server = await startLists();
  await busy(server);
  await server.send(...Array.from({ length: 205 }, () => track('eager', 'demo_asked')));
  await server.drain();
  for (const period of ['hour', 'day', 'week', 'month', 'all']) {
    const { since, nodes, edges } = await countsOf(server, period);
    const from = (name: string): string => (since === null ? '' : `&${name}=${since}`);
    const runs = (filter: string): Promise<unknown[]> =>
      allPages(server, `/api/runs?automation=demo&limit=40${filter}`);
    for (const { node, entered, done, failed } of nodes) {
      expect(await runs(`&passed=${node}${from('passedFrom')}`)).toHaveLength(entered);
      expect(await runs(`&passed=${node}&passing=through${from('passedFrom')}`)).toHaveLength(done);
      expect(await runs(`&node=${node}&status=failed${from('changedFrom')}`)).toHaveLength(failed);
    }
    for (const { port, count, from: node } of edges.slice(1))
      expect(await runs(`&passed=${node}&port=${port}${from('passedFrom')}`)).toHaveLength(count);
  }
  const { failures } = await countsOf(server, 'hour');
  expect(failures).toMatchObject([
    { node: 'wait', kind: 'run', reason: expect.stringContaining('waits in 200 runs') as string, count: 5 },
  ]);
  expect((await server.get(`/api/runs/${failures[0]?.run}`)).body).toMatchObject({ status: 'failed', node: 'wait' });
  expect(await server.get('/api/runs?passed=wait')).toMatchObject({ status: 400 });
  expect(await server.get('/api/runs?automation=demo&port=happened')).toMatchObject({ status: 400 });
  expect(await server.get('/api/runs?automation=demo&passing=through')).toMatchObject({ status: 400 });
  expect(await server.get('/api/runs?automation=demo&passed=wait&passing=through&port=happened')).toMatchObject({
    status: 400,
  });
});

test('what was not delivered is told with its reason, at the step that said it', async () => {
  await using server = await startLists();
  await server.send(track('a', 'form_sent'), track('b', 'form_sent'));
  await server.drain();
  await server.deps.store.pool.query(`update deliveries set status = 'failed', last_error = 'It answered 404.'`);
  expect((await countsOf(server, 'hour', 'to-sales')).failures).toMatchObject([
    { node: 'tell', kind: 'delivery', reason: 'It answered 404.', count: 2 },
  ]);
  expect((await countsOf(server, 'hour')).failures).toEqual([]);
  const { since, nodes } = await countsOf(server, 'hour', 'to-sales');
  expect(nodes.find(({ node }) => node === 'tell')).toMatchObject({ undelivered: 2 });
  const runs = (from: string): Promise<unknown[]> =>
    allPages(server, `/api/runs?automation=to-sales&limit=1&passed=tell&passing=undelivered&passedFrom=${from}`);
  expect(await runs(since ?? '')).toHaveLength(2);
  expect(await runs(new Date(server.clock.now() + 1).toISOString())).toHaveLength(0);
});

test('what was not delivered is counted to the last message, not among the newest', async () => {
  await using server = await startLists();
  await server.send(track('a', 'form_sent'));
  await server.drain();
  const { pool } = server.deps.store;
  await pool.query(
    `insert into deliveries (id, run_id, contact_id, node, channel, status, payload, at)
     select gen_random_uuid(), run_id, contact_id, node, channel, 'failed', payload, at - n
     from deliveries, generate_series(1, 1500) n where node = 'tell'`,
  );
  const { nodes } = await countsOf(server, 'all', 'to-sales');
  expect(nodes.find(({ node }) => node === 'tell')).toMatchObject({ undelivered: 1_500 });
});
