import type { OutboxPace } from '../store/outbox.ts';

/**
 * `ok`: what waits will be carried out within the bound. `behind`: it will take longer. `stalled`: rows wait and none is
 * carried out, because Temporal or the worker is away.
 */
export type OutboxState = 'ok' | 'behind' | 'stalled';

/** What a process remembers from one look to the next. */
export interface OutboxMemory {
  /** Rows that may wait although they are too many: what is taken in did not make them, or no longer does. */
  excused: number;
  /** Since when events are refused without a break, ms. */
  refusingSinceMs: number | null;
}

export interface OutboxJudgement {
  memory: OutboxMemory;
  state: OutboxState;
  /** In how many seconds there is room again; null: there is room. */
  roomInSeconds: number | null;
}

export interface OutboxBoundOptions {
  /** What waits may take this long to carry out, ms. */
  maxLagMs: number;
  /** A dispatcher that carried nothing for so long is not at work, ms: longer than a batch of a slow Temporal takes. */
  aliveMs?: number;
}

/** What waits when a process starts came before it. */
export const firstOutboxMemory: OutboxMemory = { excused: Infinity, refusingSinceMs: null };

/**
 * Whether the outbox lets more events in. It refuses what makes it grow beyond what its dispatcher, at the pace that it has,
 * carries out within the bound. It does not make senders pay for what they cannot help: while nothing is carried out at all,
 * everything is taken in (rows wait on disk; that is an alarm, not pressure). A backlog that was left by such a time, or that
 * is still there after refusing for as long as the bound (clocks that fell due at once, a publication), is excused: it may
 * wait, but not grow.
 */
export const judgeOutbox = (
  { waiting, perSecond, carriedAgoMs, oldestMs }: OutboxPace,
  memory: OutboxMemory,
  atMs: number,
  { maxLagMs, aliveMs = 20_000 }: OutboxBoundOptions,
): OutboxJudgement => {
  if (perSecond === null || carriedAgoMs === null || carriedAgoMs > aliveMs) {
    const state = oldestMs !== null && oldestMs > aliveMs ? 'stalled' : 'ok';
    return { memory: firstOutboxMemory, state, roomInSeconds: null };
  }
  const most = (perSecond * maxLagMs) / 1000;
  if (waiting <= most) {
    return { memory: { excused: 0, refusingSinceMs: null }, state: 'ok', roomInSeconds: null };
  }
  const refusingSinceMs = memory.refusingSinceMs ?? atMs;
  const allowed = Math.max(most, memory.excused);
  if (waiting <= allowed || atMs - refusingSinceMs >= maxLagMs) {
    return { memory: { excused: waiting, refusingSinceMs: null }, state: 'behind', roomInSeconds: null };
  }
  const roomInSeconds = Math.ceil(Math.min((waiting - allowed) / perSecond, maxLagMs / 1000));
  return { memory: { ...memory, refusingSinceMs }, state: 'behind', roomInSeconds: Math.max(1, roomInSeconds) };
};
