import type { OutboxPace } from '../store/outbox.ts';

/**
 * `ok`: what waits will be carried out within the bound. `behind`: it will take longer. `stalled`: rows wait and none is
 * carried out, because Temporal or the worker is away.
 */
export type OutboxState = 'ok' | 'behind' | 'stalled';

/** What there is to carry out, and how fast that goes. */
export interface OutboxReading extends OutboxPace {
  /** Rows that arrivals which are accepted, but not applied yet, will ask for. */
  expected: number;
}

/** What a process remembers from one look to the next. */
export interface OutboxMemory {
  /** Rows that may wait or come although they are too many: what is taken in did not make them, or no longer does. */
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
  /** What waits and what is to come may take this long to carry out, ms. */
  maxLagMs: number;
  /** A dispatcher that carried nothing for so long is not at work, ms: longer than a batch of a slow Temporal takes. */
  aliveMs?: number;
}

/** What waits when a process starts came before it. */
export const firstOutboxMemory: OutboxMemory = { excused: Infinity, refusingSinceMs: null };

/** Whether a dispatcher is at work whose pace is known. */
const paceOf = ({ perSecond, carriedAgoMs }: OutboxPace, aliveMs: number): number | null =>
  carriedAgoMs === null || carriedAgoMs > aliveMs ? null : perSecond;

const defaultAliveMs = 20_000;
/** Senders come back after this part of the bound, at the latest: a Temporal that they leave alone goes faster than it did. */
const longestPause = 4;

/** How many rows may be on their way to Temporal, waiting or expected, before events are refused. */
export const mostRows = (
  pace: OutboxPace,
  { excused }: OutboxMemory,
  { maxLagMs, aliveMs = defaultAliveMs }: OutboxBoundOptions,
): number => {
  const perSecond = paceOf(pace, aliveMs);
  return perSecond === null ? Infinity : Math.max((perSecond * maxLagMs) / 1000, excused);
};

/**
 * Whether the outbox lets more events in. It refuses what makes it grow beyond what its dispatcher, at the pace that it has,
 * carries out within the bound; what was taken in and will make it grow counts too. It does not make senders pay for what they
 * cannot help: while nothing is carried out at all, everything is taken in (rows wait on disk; that is an alarm, not pressure).
 * A backlog that was left by such a time, or that is still there after refusing for as long as the bound (clocks that fell due
 * at once, a publication), is excused: it may wait, but not grow.
 */
export const judgeOutbox = (
  reading: OutboxReading,
  memory: OutboxMemory,
  atMs: number,
  options: OutboxBoundOptions,
): OutboxJudgement => {
  const { maxLagMs, aliveMs = defaultAliveMs } = options;
  const { oldestMs } = reading;
  const perSecond = paceOf(reading, aliveMs);
  if (perSecond === null) {
    const state = oldestMs !== null && oldestMs > aliveMs ? 'stalled' : 'ok';
    return { memory: firstOutboxMemory, state, roomInSeconds: null };
  }
  const rows = reading.waiting + reading.expected;
  if (rows <= (perSecond * maxLagMs) / 1000) {
    return { memory: { excused: 0, refusingSinceMs: null }, state: 'ok', roomInSeconds: null };
  }
  const most = mostRows(reading, memory, options);
  const refusingSinceMs = memory.refusingSinceMs ?? atMs;
  if (rows <= most || atMs - refusingSinceMs >= maxLagMs) {
    return { memory: { excused: rows, refusingSinceMs: null }, state: 'behind', roomInSeconds: null };
  }
  const roomInMs = Math.min(((rows - most) * 1000) / perSecond, maxLagMs / longestPause);
  return {
    memory: { ...memory, refusingSinceMs },
    state: 'behind',
    roomInSeconds: Math.max(1, Math.ceil(roomInMs / 1000)),
  };
};
