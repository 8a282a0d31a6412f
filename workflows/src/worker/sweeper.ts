import { setTimeout as pause } from 'node:timers/promises';
import {
  refreshAccounts,
  removeOldNotices,
  removeOldTimes,
  removeOutdated,
  resumeJobs,
  sweep,
  type LaneDeps,
} from '@ripen/engine';
import type { ScheduleClient, WorkflowClient } from '@temporalio/client';
import { restoreStep } from './restorer.ts';
import { createScheduleKeeper } from './schedule-keeper.ts';
import { startStandingWorkflows, temporalIdentity } from './standing-workflows.ts';

export interface SweeperDeps {
  engine: LaneDeps;
  workflows: WorkflowClient;
  schedules: ScheduleClient;
  now: () => number;
}

/** Lanes and the outbox: what a lost poke leaves lying. */
const sweepEveryMs = 5_000;
/** Accounts whose contacts changed: a look that finds none is two small questions. */
const accountsEveryMs = 1_000;
/** Lanes and dispatcher themselves, and whose Temporal this is. */
const standingEveryMs = 15_000;
/** Runs and jobs: they have timers and retries of their own, so this is for what Temporal lost. */
const runsEveryMs = 60_000;
/** Whether anything was published: a schedule follows its program within moments. */
const schedulesEveryMs = 2_000;
/** Books that rebuilds have replaced. */
const outdatedEveryMs = 15_000;
/** Counts by time that no period reaches any more. */
const oldTimesEveryMs = 600_000;
/** What people were told long ago. */
const noticesEveryMs = 600_000;
/** A delivery may be between two attempts for a quarter of an hour. */
const runGraceMs = 300_000;
const stalledJobMs = 120_000;

/**
 * Compares what should be under way with what is, outside Temporal, and sets going again what is missing. Several
 * processes may sweep: everything it does may be done twice. Call the function returned to stop it.
 */
export const startSweeper = (deps: SweeperDeps): (() => Promise<void>) => {
  const control = new AbortController();
  const { signal } = control;
  const task = async (what: string, everyMs: number, work: () => Promise<unknown>): Promise<void> => {
    // Jittered, so that processes that started together do not sweep together.
    for (let first = true; !signal.aborted; first = false) {
      const waitMs = everyMs * (0.75 + Math.random() / 2);
      if (!first || what !== 'standing') await pause(waitMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await work().catch((error: unknown) =>
        deps.engine.store.logger.warn({ what, err: error }, 'a sweep failed, the next one tries again'),
      );
    }
  };
  const running = Promise.all([
    task('lanes', sweepEveryMs, () => sweepLanes(deps)),
    task('accounts', accountsEveryMs, () => refreshAccounts(deps.engine, { now: deps.now(), signal })),
    task('standing', standingEveryMs, () => sweepStanding(deps, signal)),
    task('runs', runsEveryMs, () => sweepRuns(deps)),
    task('schedules', schedulesEveryMs, createScheduleKeeper(deps.engine.store, deps.schedules)),
    task('notices', noticesEveryMs, () => removeOldNotices(deps.engine.store.pool, deps.now())),
    task('outdated', outdatedEveryMs, () => removeOutdated(deps.engine, { signal })),
    task('old times', oldTimesEveryMs, () => removeOldTimes(deps.engine.store.pool, deps.now())),
  ]);
  return async () => {
    control.abort();
    await running;
  };
};

const report = (deps: SweeperDeps, swept: Awaited<ReturnType<typeof sweep>>): void => {
  if (swept.lanes.length > 0 || swept.dispatcher || swept.runs > 0) deps.engine.store.logger.info(swept, 'swept');
};

/** A grace as long as time itself leaves runs to `sweepRuns`. */
const sweepLanes = async (deps: SweeperDeps): Promise<void> => {
  const now = deps.now();
  report(deps, await sweep(deps.engine, { now, runGraceMs: now }));
};

const sweepRuns = async (deps: SweeperDeps): Promise<void> => {
  report(deps, await sweep(deps.engine, { now: deps.now(), runGraceMs }));
  await resumeJobs({ store: deps.engine.store, workflows: deps.workflows }, { olderThanMs: stalledJobMs });
};

/** Brings back what never ends, and, after a loss of Temporal's database, the runs that it held. */
const sweepStanding = async (deps: SweeperDeps, signal: AbortSignal): Promise<void> => {
  await startStandingWorkflows(deps.workflows);
  const temporal = await temporalIdentity(deps.workflows);
  while (!signal.aborted && (await restoreStep(deps.engine, temporal)))
    await pause(200, undefined, { signal }).catch(() => undefined);
};
