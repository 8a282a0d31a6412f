import { describeError, isDataError } from '../store/errors.ts';
import { nextDue } from '../store/dues.ts';
import { hasArrivals } from '../store/inbox.ts';
import { readLane, setLaneAsleep, setLaneAwake, type Lane } from '../store/lanes.ts';
import { applyBatch, type BatchOutcome, type BatchRequest } from './batch.ts';
import type { LaneDeps } from './deps.ts';
import { presentOf } from './present.ts';
import { wakeDispatcher, wakeLanes } from './wake.ts';

export interface DrainOptions {
  lane: number;
  /** The present when the drain starts, ms. With a linger, time goes on from here. */
  now: number;
  /** Most arrivals per transaction. */
  batchSize?: number;
  /** How long to listen for more before going to sleep. Zero where the clock stands still while an activity runs. */
  lingerMs?: number;
  /** Ends the drain early, after the batch at hand. */
  signal?: AbortSignal;
  onProgress?: (applied: number) => void;
}

/** What a drain found: how many inputs it took, and when the lane has to be looked at again without being poked, ms. */
export interface Drained {
  applied: number;
  nextDueAt: number | null;
}

const defaultBatchSize = 1_000;

/** Largest share of a batch that a poisoned one is cut down to at each try. */
const cut = 8;

/**
 * Applies everything that waits in a lane and everything of its contacts that is due, batch by batch; lingers for more; goes
 * to sleep. When it returns because of its signal, the lane counts as awake and is due at once, unless nothing was left.
 *
 * No wake-up is lost: the lane commits *asleep* and then looks once more, while those who bring work commit it and then read
 * the flag.
 */
export const drainLane = async (deps: LaneDeps, options: DrainOptions): Promise<Drained> => {
  const { store } = deps;
  const lane = await readLane(store.pool, options.lane);
  const present = presentOf(options);
  const door = openDoor(deps, lane, options.batchSize ?? defaultBatchSize);
  const lingerMs = options.lingerMs ?? 0;
  const bell = lingerMs > 0 ? await store.listener.subscribe(`ripen_lane_${lane.lane}`) : null;
  let applied = 0;
  const work = async (): Promise<boolean> => {
    while (!options.signal?.aborted) {
      const outcome = await door({ now: present() });
      const done = outcome.claimed + outcome.ticked;
      applied += done;
      if (done > 0) options.onProgress?.(applied);
      if (outcome.drained) return true;
    }
    return false;
  };
  try {
    await setLaneAwake(store.pool, lane.lane);
    for (;;) {
      if (!(await work())) return { applied, nextDueAt: options.now };
      const due = await nextDue(store.pool, lane.firstSlot, lane.lastSlot);
      if (due !== null && due <= present()) continue;
      if (bell && !options.signal?.aborted) {
        // A due inside the linger is met; a lane with something due in a moment does not go to sleep over it.
        const until = due === null ? lingerMs : Math.min(lingerMs, due - present());
        if (await bell.wait(until, options.signal)) continue;
        if (due !== null && due <= present()) continue;
      }
      await setLaneAsleep(store.pool, lane.lane);
      if (!(await hasArrivals(store.pool, lane.firstSlot, lane.lastSlot))) {
        return { applied, nextDueAt: await nextDue(store.pool, lane.firstSlot, lane.lastSlot) };
      }
      await setLaneAwake(store.pool, lane.lane);
    }
  } finally {
    await bell?.close();
  }
};

/** Applies one batch and wakes whoever got work from it. */
export type Door = (request: Pick<BatchRequest, 'now' | 'lookAt'>) => Promise<BatchOutcome>;

/**
 * The door to one lane. Remembers where the next batch starts, and cuts batches down that Postgres refuses until the input
 * at fault is alone and can be taken away: it must not block the lane.
 */
export const openDoor = (deps: LaneDeps, lane: Lane, batchSize: number): Door => {
  let fromSlot = lane.firstSlot;
  let limit = batchSize;
  let reason: string | undefined;
  return async ({ now, lookAt }) => {
    for (;;) {
      let outcome: BatchOutcome;
      try {
        outcome = await applyBatch(deps, lane, {
          now,
          fromSlot,
          limit,
          lookAt,
          bury: limit === 1 ? reason : undefined,
        });
      } catch (error) {
        if (!isDataError(error) || (limit === 1 && reason !== undefined)) throw error;
        if (limit === 1) reason = describeError(error);
        deps.store.logger.warn(
          { lane: lane.lane, limit, error: describeError(error) },
          'a batch was refused, looking for the input at fault',
        );
        limit = Math.max(1, Math.floor(limit / cut));
        continue;
      }
      fromSlot = outcome.nextSlot;
      reason = undefined;
      const wasCut = limit < batchSize;
      limit = Math.min(batchSize, limit * cut);
      if (outcome.outbox > 0) await wakeDispatcher(deps);
      if (outcome.handedTo.length > 0) await wakeLanes(deps, outcome.handedTo);
      return wasCut ? { ...outcome, drained: false } : outcome;
    }
  };
};
