import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildContact, type LaneDeps } from '@ripen/engine';
import { expect, test } from 'vitest';
import type { TestServer } from '../api/support.ts';
import { dayMs, identify, noon, startLists, track } from './support.ts';

const migration = readFileSync(join(import.meta.dirname, '../../../infra/migrations/0004_lists.sql'), 'utf8');
/** The statements of the migration that fill tables from what is there. */
const backfill = (which: RegExp): string[] =>
  migration
    .replace(/^--.*$/gm, '')
    .split(/;\s*$/m)
    .filter((statement) => which.test(statement));

const rowsOf = async (deps: LaneDeps, sql: string): Promise<unknown[]> =>
  (await deps.store.pool.query<Record<string, unknown>>(sql)).rows;

/** What the counters say, and what the runs and their trails say. */
const both = async (deps: LaneDeps) => ({
  totals: [
    await rowsOf(
      deps,
      `select automation, version, sum(entered)::int as entered, sum(completed)::int as completed, sum(failed)::int as failed,
         sum(cancelled)::int as cancelled from run_totals group by 1, 2 having sum(entered) <> 0 order by 1, 2`,
    ),
    await rowsOf(
      deps,
      `select automation, version, count(*)::int as entered, (count(*) filter (where status = 'completed'))::int as completed,
         (count(*) filter (where status = 'failed'))::int as failed,
         (count(*) filter (where status = 'cancelled'))::int as cancelled from runs group by 1, 2 order by 1, 2`,
    ),
  ],
  days: [
    await rowsOf(
      deps,
      'select day, automation, sum(entered)::int as n from run_days group by 1, 2 having sum(entered) <> 0 order by 1, 2',
    ),
    await rowsOf(
      deps,
      'select (started_at / 86400000)::int as day, automation, count(*)::int as n from runs group by 1, 2 order by 1, 2',
    ),
  ],
  steps: [
    await rowsOf(
      deps,
      `select automation, version, node, port, sum(passed)::int as n from step_counts group by 1, 2, 3, 4
       having sum(passed) <> 0 order by 1, 2, 3, 4`,
    ),
    await rowsOf(
      deps,
      `with steps as (
         select r.automation, r.version, s.step->>'node' as node, s.step->>'port' as port,
           lag(s.step->>'node') over trail = s.step->>'node' and lag(s.step->>'port') over trail is null as stayed
         from runs r cross join lateral jsonb_array_elements(r.trail) with ordinality as s (step, n)
         window trail as (partition by r.id order by s.n)
       )
       select automation, version, node, port, count(*)::int as n from (
         select automation, version, node, '' as port from steps where stayed is not true
         union all select automation, version, node, port from steps where port is not null
          union all select automation, version, node, '.failed' from runs where status = 'failed'
         union all select automation, version, last.step->>'node', '.ended' from runs cross join lateral (
           select step from jsonb_array_elements(trail) with ordinality as s (step, n)
           where step->>'node' <> '' order by n desc limit 1
         ) last where status <> 'waiting' and last.step->>'port' is null
      ) c where node <> '' group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    ),
  ],
});

const periods = ['hour', 'day', 'week', 'month', 'all'] as const;

interface Counted {
  since: string | null;
  counts: Record<string, number>;
  nodes: { node: string; entered: number; waiting: number; done: number; failed: number }[];
  edges: { from: string; port: string; count: number }[];
  failures: { node: string; kind: string; count: number }[];
}

/** What the canvas is to say of a period, from the trails alone. No node here is a jump. */
const fromTrails = async (
  deps: LaneDeps,
  automation: string,
  version: number | null,
  since: number,
): Promise<Pick<Counted, 'counts' | 'nodes' | 'edges'>> => {
  const only = `automation = '${automation}' and ${version === null ? 'true' : `version = ${version}`}`;
  const steps = `select node, port, at,
      lag(node) over trail = node and lag(port) over trail is null as stayed,
      row_number() over (partition by id order by n desc) = 1 and port is null and status <> 'waiting' as ended, updated_at
    from (
      select r.id, r.status, r.updated_at, s.n, s.step->>'node' as node, s.step->>'port' as port, (s.step->>'at')::bigint as at
      from runs r cross join lateral jsonb_array_elements(r.trail) with ordinality as s (step, n)
      where ${only} and s.step->>'node' <> ''
    ) t window trail as (partition by id order by n)`;
  const nodes = (await rowsOf(
    deps,
    `select node, sum(entered)::int as entered, sum(waiting)::int as waiting, sum(done)::int as done, sum(failed)::int as failed,
       sum(undelivered)::int as undelivered from (
       select node, 1 as entered, 0 as waiting, 0 as done, 0 as failed, 0 as undelivered from (${steps}) s
         where stayed is not true and at >= ${since}
       union all select node, 0, 0, 1, 0, 0 from (${steps}) s where port is not null and at >= ${since}
       union all select node, 0, 0, 1, 0, 0 from (${steps}) s where ended and updated_at >= ${since}
       union all select node, 0, 1, 0, 0, 0 from runs where ${only} and status = 'waiting'
       union all select node, 0, 0, 0, 1, 0 from runs where ${only} and status = 'failed' and updated_at >= ${since}
       union all select node, 0, 0, 0, 0, 1 from deliveries where status = 'failed' and at >= ${since}
         and run_id in (select id from runs where ${only})
     ) c group by node order by node`,
  )) as Counted['nodes'];
  const edges = (await rowsOf(
    deps,
    `select node as "from", port, count(*)::int as count from (${steps}) s where port is not null and at >= ${since}
     group by 1, 2 order by 1, 2`,
  )) as Counted['edges'];
  const [counts] = (await rowsOf(
    deps,
    `select (count(*) filter (where started_at >= ${since}))::int as entered,
       (count(*) filter (where status = 'waiting'))::int as waiting,
       (count(*) filter (where status = 'completed' and updated_at >= ${since}))::int as completed,
       (count(*) filter (where status = 'failed' and updated_at >= ${since}))::int as failed,
       (count(*) filter (where status = 'cancelled' and updated_at >= ${since}))::int as cancelled
     from runs where ${only}`,
  )) as Counted['counts'][];
  return {
    counts: counts ?? {},
    nodes,
    edges: [{ from: 'start', port: 'next', count: counts?.entered ?? 0 }, ...edges],
  };
};

/** Of each period and version; returns how many different answers there were. */
const expectPeriodsEqual = async (server: TestServer): Promise<number> => {
  const seen = new Set<string>();
  for (const automation of ['demo', 'to-sales'])
    for (const version of [null, 1, 2])
      for (const period of periods) {
        const path = `/api/automations/${automation}/counts?period=${period}${version === null ? '' : `&version=${version}`}`;
        const { since, counts, nodes, edges } = (await server.get(path)).body as Counted;
        expect({ path, counts, nodes, edges }).toEqual({
          path,
          ...(await fromTrails(server.deps, automation, version, since === null ? 0 : Date.parse(since))),
        });
        seen.add(JSON.stringify({ counts, nodes, edges }));
      }
  return seen.size;
};

const expectEqual = async (server: TestServer): Promise<void> => {
  const { deps } = server;
  const { totals, days, steps } = await both(deps);
  // What waits where follows from them.
  for (const automation of ['demo', 'to-sales']) {
    const answer: { body: unknown } = await server.get(`/api/automations/${automation}/counts`);
    const { nodes } = answer.body as { nodes: { node: string; waiting: number }[] };
    expect(nodes.filter(({ waiting }) => waiting !== 0).map(({ node, waiting }) => ({ node, waiting }))).toEqual(
      await rowsOf(
        deps,
        `select node, count(*)::int as waiting from runs where automation = '${automation}' and status = 'waiting'
         group by node order by node`,
      ),
    );
  }
  expect(totals[1]?.length).toBeGreaterThan(0);
  expect(totals[0]).toEqual(totals[1]);
  expect(days[0]).toEqual(days[1]);
  expect(steps[0]).toEqual(steps[1]);
  await expectPeriodsEqual(server);
};

test('counters say what runs and their trails say, through waits, ends, cancels, merges and rebuilds', async () => {
  await using server = await startLists();
  const { deps, clock } = server;
  for (let day = 0; day < 12; day++) {
    clock.set(noon + day * dayMs);
    await server.send(
      ...Array.from({ length: 10 }, (_, n) =>
        track(`user-${(n * 7 + day) % 25}`, n % 3 === 0 ? 'visited' : 'demo_asked'),
      ),
      { type: 'track', anonymousId: `visitor-${day}`, event: 'demo_asked', messageId: `v${day}` },
      { type: 'track', anonymousId: `visitor-${day}`, event: 'form_sent', messageId: `f${day}` },
    );
    await server.drain();
  }
  await expectEqual(server);
  // More than may wait at once: the rest fails.
  await server.send(...Array.from({ length: 205 }, () => track('eager', 'demo_asked')));
  await server.drain();
  expect((await server.get('/api/runs?status=failed')).body).toMatchObject({ total: { count: 5, exact: true } });
  await expectEqual(server);
  const { rows: waiting } = await deps.store.pool.query<{ id: string; contact_id: string }>(
    `select id, contact_id from runs where status = 'waiting' and automation = 'demo' order by id limit 6`,
  );
  expect(waiting.length).toBe(6);
  for (const { id } of waiting) await server.post(`/api/runs/${id}/cancel`);
  await server.drain();
  await expectEqual(server);
  // Visitors turn out to be users.
  for (let day = 0; day < 6; day++)
    await server.send({ ...identify(`user-${day}`, {}), anonymousId: `visitor-${day}` });
  await server.drain();
  await expectEqual(server);
  const { rows: contacts } = await deps.store.pool.query<{ id: string }>(
    'select id from contacts where merged_into is null',
  );
  for (const { id } of contacts) await rebuildContact(deps, { contactId: id, now: clock.now() });
  await server.drain();
  await expectEqual(server);
  // Periods differ by now, or they would be compared in vain.
  expect(await expectPeriodsEqual(server)).toBeGreaterThan(5);
  clock.set(noon + 60 * dayMs);
  await server.drain();
  await expectEqual(server);
  // Workspaces from before begin with what their runs say.
  const kept = await both(deps);
  await deps.store.pool.query('truncate run_totals, run_days, step_counts');
  for (const statement of backfill(/insert into (run_totals|run_days|step_counts)/))
    await deps.store.pool.query(statement);
  expect(await both(deps)).toEqual(kept);
});

test('the list of automations and the canvas are told of it', async () => {
  await using server = await startLists();
  const { clock } = server;
  await server.send(track('a', 'demo_asked'), track('b', 'demo_asked'), track('c', 'form_sent'));
  await server.drain();
  clock.set(noon + dayMs);
  await server.send(track('a', 'visited'), track('d', 'demo_asked'));
  await server.drain();
  interface Listed {
    id: string;
    counts: object;
    enteredPerDay: number[];
  }
  const { items } = (await server.get('/api/automations')).body as { items: Listed[] };
  const demo = items.find(({ id }) => id === 'demo');
  expect(demo).toMatchObject({
    status: 'live',
    version: 1,
    folder: null,
    counts: { entered: 3, waiting: 2, completed: 1, failed: 0, cancelled: 0 },
  });
  expect(demo?.enteredPerDay.slice(-3)).toEqual([0, 2, 1]);
  expect((await server.get('/api/automations/demo/counts')).body).toMatchObject({
    version: null,
    counts: { entered: 3, waiting: 2, completed: 1 },
    nodes: [
      { node: 'bonus', entered: 1, waiting: 0, failed: 0 },
      { node: 'wait', entered: 3, waiting: 2, failed: 0 },
    ],
    edges: [
      { from: 'start', port: 'next', count: 3 },
      { from: 'bonus', port: 'next', count: 1 },
      { from: 'wait', port: 'happened', count: 1 },
    ],
  });
  expect((await server.get('/api/automations/demo/counts?version=2')).body).toMatchObject({
    counts: { entered: 0 },
    nodes: [],
  });
});
