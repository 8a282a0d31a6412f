import { nextDue } from '../store/dues.ts';
import { describeError } from '../store/errors.ts';
import { oldestArrivalMs, readLanes } from '../store/lanes.ts';
import { oldestOutboxMs, writeOutbox } from '../store/outbox.ts';
import { overdueRuns } from '../store/runs.ts';
import type { LaneDeps } from './deps.ts';
import { settleImports } from './loads.ts';
import { touchContacts } from './touch.ts';

export interface SweepOptions {
  now: number;
  /** How late something must be before it counts as missed. */
  graceMs?: number;
  /** The same for runs, whose deliveries may be between two attempts. */
  runGraceMs?: number;
}

export interface Swept {
  lanes: number[];
  dispatcher: boolean;
  runs: number;
}

const mostRuns = 1_000;

/**
 * Finds what should have happened and did not, and sets it going again: lanes with old arrivals or dues, an outbox that
 * nobody reads, runs whose wait, delivery or ask is overdue; and goes on with publications and loads whose process died.
 * Everything it sets going may be under way already: that changes nothing.
 */
export const sweep = async (
  deps: LaneDeps,
  { now, graceMs = 10_000, runGraceMs = 300_000 }: SweepOptions,
): Promise<Swept> => {
  const { pool } = deps.store;
  const swept: Swept = { lanes: [], dispatcher: false, runs: 0 };
  await touchContacts(deps);
  await settleImports(deps);
  for (const lane of await readLanes(pool)) {
    const waitedMs = await oldestArrivalMs(pool, lane);
    const due = await nextDue(pool, lane.firstSlot, lane.lastSlot);
    if ((waitedMs ?? 0) <= graceMs && (due === null || due >= now - graceMs)) continue;
    if (await poked(deps, `lane ${lane.lane}`, () => deps.pokes.lane(lane.lane))) swept.lanes.push(lane.lane);
  }
  const runs = await overdueRuns(pool, { before: now - runGraceMs, limit: mostRuns });
  swept.runs = runs.length;
  await deps.store.transaction((tx) =>
    writeOutbox(
      tx,
      runs.map((runId) => ({ kind: 'start', runId, ask: null })),
    ),
  );
  if (runs.length > 0 || ((await oldestOutboxMs(pool)) ?? 0) > graceMs) {
    swept.dispatcher = await poked(deps, 'dispatcher', () => deps.pokes.dispatcher());
  }
  return swept;
};

const poked = async (deps: LaneDeps, what: string, poke: () => Promise<void>): Promise<boolean> => {
  try {
    await poke();
    return true;
  } catch (error) {
    deps.store.logger.warn({ what, error: describeError(error) }, 'could not be woken by the sweeper');
    return false;
  }
};
