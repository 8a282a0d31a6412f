import { syncSchedules, type Store } from '@ripen/engine';
import type { ScheduleClient } from '@temporalio/client';

/** Somebody may have changed them in Temporal, or Temporal may have lost them. */
const anywayEveryMs = 30_000;

/**
 * Keeps Temporal's schedules in step with the maintenance programs and automations: each call looks whether anything was published since the
 * last time, and does it all again now and then.
 */
export const createScheduleKeeper = (store: Store, schedules: ScheduleClient): (() => Promise<void>) => {
  let kept = { revision: -1, at: -Infinity };
  return async () => {
    const { rows } = await store.pool.query<{ revision: number }>('select revision from definitions_head');
    const revision = Number(rows[0]?.revision ?? 0);
    if (revision === kept.revision && performance.now() - kept.at < anywayEveryMs) return;
    await syncSchedules({ store, schedules });
    kept = { revision, at: performance.now() };
  };
};
