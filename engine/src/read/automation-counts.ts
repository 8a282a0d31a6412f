import { startNodeId, type automationCountsSchema, type CountsPeriod } from '@ripen/shared';
import type { z } from 'zod';
import { stepPorts } from '../store/run-counts.ts';
import { beginOf, ofRun, readTimes, stretchOf, type StretchMinutes } from '../store/step-times.ts';
import type { Queryable } from '../store/store.ts';
import { automationMustExist } from './automations.ts';
import { countUndelivered, readFailures } from './automation-failures.ts';
import { iso } from './moments.ts';
import type { Names } from './names.ts';

type Counts = z.output<typeof automationCountsSchema>;
type NodeCounts = Counts['nodes'][number];

const hourMs = 3_600_000;

/** From what each period is read: fine enough to be called so, coarse enough to be a few thousand rows. */
const periods: Record<Exclude<CountsPeriod, 'all'>, { ms: number; minutes: StretchMinutes }> = {
  hour: { ms: hourMs, minutes: 5 },
  day: { ms: 24 * hourMs, minutes: 60 },
  week: { ms: 7 * 24 * hourMs, minutes: 1_440 },
  month: { ms: 30 * 24 * hourMs, minutes: 1_440 },
};

interface StepRow {
  version: number;
  node: string;
  port: string;
  passed: number;
}

export interface CountsAsked {
  automation: string;
  /** Null: all of them together. */
  version: number | null;
  period: CountsPeriod;
  now: number;
}

/**
 * What passed through an automation, or through one version of it, node by node, in a period: from what is counted as runs go,
 * so that no run is looked at but those that failed last. Throws NotFoundError.
 */
export const readAutomationCounts = async (db: Queryable, names: Names, asked: CountsAsked): Promise<Counts> => {
  const { automation, version, period } = asked;
  await automationMustExist(db, automation);
  const begin = period === 'all' ? null : beginningOf(period, asked.now);
  const ever = await readEver(db, asked);
  const jumps = (row: StepRow): boolean => names.node(automation, row.version, row.node)?.type === 'go_to';
  const all = addUp(ever.steps, jumps);
  const within = begin === null ? all : addUp(await readTimes(db, { automation, version, ...begin }), jumps);
  const waiting = new Map([...all.nodes.values()].map((node) => [node.node, node.entered - node.done]));
  const from = begin && beginOf(begin.from, begin.minutes);
  const undelivered = await countUndelivered(db, { automation, version, from });
  const nodes = new Map<string, NodeCounts>();
  for (const [node, now] of waiting) if (now !== 0) nodes.set(node, { ...nothingOf(node), waiting: now });
  for (const node of undelivered.keys()) nodes.set(node, { ...nothingOf(node), waiting: waiting.get(node) ?? 0 });
  for (const [node, counts] of within.nodes) nodes.set(node, { ...counts, waiting: waiting.get(node) ?? 0 });
  for (const [node, counts] of nodes) counts.undelivered = undelivered.get(node) ?? 0;
  const { entered, completed, failed, cancelled } = begin === null ? ever.totals : within.totals;
  const { totals } = ever;
  return {
    automation,
    version,
    period,
    since: from === null ? null : iso(from),
    counts: {
      entered,
      waiting: totals.entered - totals.completed - totals.failed - totals.cancelled,
      completed,
      failed,
      cancelled,
    },
    nodes: [...nodes.values()].sort((a, b) => (a.node < b.node ? -1 : 1)),
    edges: [{ from: startNodeId, port: 'next', count: entered }, ...within.edges.values()],
    failures: await readFailures(db, { automation, version, from }),
  };
};

const beginningOf = (period: keyof typeof periods, now: number): { minutes: StretchMinutes; from: number } => {
  const { ms, minutes } = periods[period];
  return { minutes, from: stretchOf(now - ms, minutes) };
};

interface Totals {
  entered: number;
  completed: number;
  failed: number;
  cancelled: number;
}
const noTotals: Totals = { entered: 0, completed: 0, failed: 0, cancelled: 0 };

/** Everything that was ever counted. */
const readEver = async (
  db: Queryable,
  { automation, version }: CountsAsked,
): Promise<{ totals: Totals; steps: StepRow[] }> => {
  const only = version === null ? '' : ' and version = $2';
  const values = version === null ? [automation] : [automation, version];
  const [totals, steps] = await Promise.all([
    db.query<Totals & Record<string, unknown>>(
      `select sum(entered)::bigint as entered, sum(completed)::bigint as completed, sum(failed)::bigint as failed,
         sum(cancelled)::bigint as cancelled from run_totals where automation = $1${only} having count(*) > 0`,
      values,
    ),
    db.query<StepRow & Record<string, unknown>>(
      `select version, node, port, sum(passed)::bigint as passed from step_counts where automation = $1${only}
       group by version, node, port having sum(passed) <> 0 order by node, port, version`,
      values,
    ),
  ]);
  return { totals: totals.rows[0] ?? noTotals, steps: steps.rows };
};

const nothingOf = (node: string): NodeCounts => ({
  ...{ node, entered: 0, waiting: 0, done: 0, failed: 0, undelivered: 0 },
});

/** Counters as nodes and outputs. */
const addUp = (rows: readonly StepRow[], jumps: (row: StepRow) => boolean) => {
  const totals = { ...noTotals };
  const nodes = new Map<string, NodeCounts>();
  const edges = new Map<string, Counts['edges'][number]>();
  for (const row of rows) {
    const { node: id, port, passed } = row;
    if (id === startNodeId) totals.entered += passed;
    else if (id === ofRun) {
      if (port === 'completed' || port === 'failed' || port === 'cancelled') totals[port] += passed;
    } else {
      const node = nodes.get(id) ?? nothingOf(id);
      nodes.set(id, node);
      switch (port) {
        case stepPorts.came:
          node.entered += passed;
          // Jumps take no output, and wait for nothing.
          if (jumps(row)) node.done += passed;
          break;
        case stepPorts.ended:
          if (!jumps(row)) node.done += passed;
          break;
        case stepPorts.failed:
          node.failed += passed;
          break;
        default: {
          node.done += passed;
          const edge = edges.get(`${id} ${port}`) ?? { from: id, port, count: 0 };
          edge.count += passed;
          edges.set(`${id} ${port}`, edge);
        }
      }
    }
  }
  return { totals, nodes, edges };
};
