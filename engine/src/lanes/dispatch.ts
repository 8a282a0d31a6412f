import type { RunArgs } from '@ripen/shared';
import { describeError } from '../store/errors.ts';
import { noteCarried, outboxChannel, setDispatcherAsleep, setDispatcherAwake } from '../store/dispatchers.ts';
import { deleteOutbox, lockOutbox, outboxState, postponeOutbox, type OutboxRow } from '../store/outbox.ts';
import { readRuns, type RunOverview } from '../store/runs.ts';
import { eachAtMost } from './at-most.ts';
import type { LaneDeps } from './deps.ts';
import { Pace } from './pace.ts';
import { presentOf } from './present.ts';
import { decideRoute } from './route.ts';

/** The hand on Temporal. Each call may be repeated. */
export interface OutboxHandler {
  /** Hold this run. `now`: the present, ms. */
  start(args: RunArgs, now: number): Promise<void>;
  /** The run changed; if its workflow is not there, hold it when it still has something to wait for or to say. */
  signal(args: RunArgs): Promise<void>;
}

export interface Dispatched {
  done: number;
  failed: number;
}

/** Enough that the last calls of a batch, which nobody joins, weigh little; all of a batch is done when its last row is. */
const defaultLimit = 200;
/** Calls under way at once: Temporal answers tens of them at a time better than one by one. */
const concurrency = 64;
/** A batch that takes long says meanwhile how it goes: a Temporal that slows down is to be noticed while it does. */
const defaultNoteEveryMs = 1_000;
const othersPauseMs = 1_000;

export interface DispatchRequest {
  /** The present, ms. */
  now: number;
  /** Most rows. */
  limit?: number;
  noteEveryMs?: number;
}

/**
 * Carries out the oldest outbox rows that are ready. They stay locked meanwhile, so that several dispatchers share the work;
 * one that dies gives them back. Rows that fail are tried again later, each time after longer. A run gets one call whatever
 * the number of its rows, with what it is now; one that is over and has nothing left to say gets none.
 */
export const dispatchOutbox = async (
  deps: LaneDeps,
  { now, limit = defaultLimit, noteEveryMs = defaultNoteEveryMs }: DispatchRequest,
  handler: OutboxHandler,
): Promise<Dispatched> =>
  deps.store.transaction(async (tx) => {
    const pace = new Pace();
    const rows = await lockOutbox(tx, limit);
    if (rows.length === 0) return { done: 0, failed: 0 };
    const groups = [...Map.groupBy(rows, (row) => row.ask ?? row.runId).values()];
    const runs = await readRuns(tx, [...new Set(rows.map((row) => row.runId))]);
    const failed: number[] = [];
    let left = groups.length;
    const one = async (group: readonly OutboxRow[]): Promise<void> => {
      const [first] = group;
      if (!first) return;
      try {
        if (first.ask !== null) await decideRoute(deps, { askId: first.ask, now, past: true });
        else await tell(handler, group, runs.get(first.runId), now);
        pace.add(group.length);
      } catch (error) {
        deps.store.logger.warn(
          { run: first.runId, kind: first.kind, error: describeError(error) },
          'outbox row failed, will be tried again',
        );
        failed.push(...group.map((row) => row.id));
      }
      left -= 1;
      const isBusy = left >= concurrency && failed.length === 0;
      if (isBusy && pace.stretch.elapsedMs >= noteEveryMs) await noteCarried(deps.store.pool, pace.take());
    };
    // Routes take turns on their queue anyway, and each needs a connection.
    for (const group of groups) if (group[0]?.ask != null) await one(group);
    const calls = groups.filter(([first]) => first?.ask === null);
    await eachAtMost(calls, concurrency, one);
    const bad = new Set(failed);
    await deleteOutbox(
      tx,
      rows.filter((row) => !bad.has(row.id)).map((row) => row.id),
    );
    await postponeOutbox(tx, failed);
    const done = rows.length - failed.length;
    // What ingest is held to. Rows that fail are no progress, and how long they took says nothing about the others.
    if (done > 0) {
      const { rows: last, elapsedMs } = pace.stretch;
      await noteCarried(tx, last >= concurrency && failed.length === 0 ? { rows: last, elapsedMs } : null);
    }
    return { done, failed: failed.length };
  });

const tell = async (
  handler: OutboxHandler,
  group: readonly OutboxRow[],
  run: RunOverview | undefined,
  now: number,
): Promise<void> => {
  if (!run) return;
  const args = argsOf(run);
  // A dispatcher that died may have started the workflow and left its row: one that sleeps there must hear of the change.
  if (group.some((row) => row.kind !== 'start')) await handler.signal(args);
  else if (args.waiting || args.deliveries.length > 0 || args.asks.length > 0) await handler.start(args, now);
};

const argsOf = ({ id, contactId, automation, status, until, deliveries, asks }: RunOverview): RunArgs => ({
  runId: id,
  contactId,
  automation,
  until,
  waiting: status === 'waiting',
  deliveries,
  asks,
});

export interface DispatcherOptions {
  /** The present when the dispatcher starts, ms. With a linger, time goes on from here. */
  now: number;
  /** How long to listen for more before going to sleep. */
  lingerMs?: number;
  limit?: number;
  signal?: AbortSignal;
}

/**
 * Dispatches until the outbox is empty, lingers, and goes to sleep, by the same protocol as a lane. `nextDueAt` says when
 * rows that failed are to be tried again, in terms of `now`.
 */
export const drainOutbox = async (
  deps: LaneDeps,
  options: DispatcherOptions,
  handler: OutboxHandler,
): Promise<{ applied: number; nextDueAt: number | null }> => {
  const { store } = deps;
  const lingerMs = options.lingerMs ?? 0;
  const bell = lingerMs > 0 ? await store.listener.subscribe(outboxChannel) : null;
  const present = presentOf(options);
  const limit = options.limit === undefined ? {} : { limit: options.limit };
  let applied = 0;
  let lookedTwice = false;
  try {
    await setDispatcherAwake(store.pool);
    for (;;) {
      if (options.signal?.aborted) return { applied, nextDueAt: options.now };
      const { done, failed } = await dispatchOutbox(deps, { now: present(), ...limit }, handler);
      applied += done;
      if (done + failed > 0) {
        lookedTwice = false;
        continue;
      }
      if (bell && (await bell.wait(lingerMs, options.signal))) continue;
      await setDispatcherAsleep(store.pool);
      const { ready, nextInMs } = await outboxState(store.pool);
      if (ready === 0) return { applied, nextDueAt: nextInMs === null ? null : present() + Math.max(0, nextInMs) };
      // Rows that another dispatcher holds are not waited for.
      if (lookedTwice) return { applied, nextDueAt: present() + othersPauseMs };
      lookedTwice = true;
      await setDispatcherAwake(store.pool);
    }
  } finally {
    await bell?.close();
  }
};
