import { inboxDepth } from '../store/inbox.ts';
import { outboxPace, type OutboxPace } from '../store/outbox.ts';
import type { Queryable } from '../store/store.ts';
import { firstOutboxMemory, judgeOutbox, type OutboxJudgement, type OutboxState } from './outbox-bound.ts';

/** Says no before memory or lag grow. */
export interface Pressure {
  /** Takes the bytes of a request in; returns why not and how long to wait, or null. Every null is followed by `leave`. */
  enter(bytes: number): Promise<Refusal | null>;
  leave(bytes: number): void;
  /** What was last known. */
  state(): Promise<PressureState>;
}

export interface PressureState {
  /** Whether more events are taken. */
  accepting: boolean;
  /** Arrivals that wait to be applied, at most. */
  waiting: number;
  /** Rows that wait to be carried to Temporal, at most; how fast they go; and whether that is fast enough. */
  outbox: { waiting: number; perSecond: number | null; state: OutboxState };
}

export interface Refusal {
  /** What there is too much of. */
  cause: 'memory' | 'inbox' | 'outbox';
  reason: string;
  retryAfterSeconds: number;
}

export interface PressureOptions {
  /** Arrivals that may wait to be applied: a minute or so of work. */
  maxWaiting?: number;
  /** What waits to be carried to Temporal may take so long, ms. */
  maxOutboxLagMs?: number;
  /** Bytes of requests being taken in at once. A parsed event is several times its text. */
  maxInFlightBytes?: number;
  /** How old what is known may be, ms. */
  staleMs?: number;
  /** A clock that only goes forward, ms. */
  elapsed?: () => number;
}

interface Known {
  waiting: number;
  pace: OutboxPace;
  outbox: OutboxJudgement;
}

export const createPressure = (db: Queryable, options: PressureOptions = {}): Pressure => {
  const { maxWaiting = 200_000, maxInFlightBytes = 48 * 1024 * 1024, staleMs = 500 } = options;
  const { maxOutboxLagMs = 10_000, elapsed = () => performance.now() } = options;
  let inFlight = 0;
  let known: Known | null = null;
  let lookedAt = -Infinity;
  let looking: Promise<Known> | null = null;

  const look = async (): Promise<Known> => {
    const [waiting, pace] = await Promise.all([inboxDepth(db, maxWaiting), outboxPace(db, maxOutboxLagMs)]);
    const memory = known?.outbox.memory ?? firstOutboxMemory;
    lookedAt = elapsed();
    return (known = { waiting, pace, outbox: judgeOutbox(pace, memory, lookedAt, { maxLagMs: maxOutboxLagMs }) });
  };
  const refresh = (): Promise<Known> => (looking ??= look().finally(() => (looking = null)));

  const latest = async (): Promise<Known> => {
    const age = elapsed() - lookedAt;
    if (!known || age > staleMs * 4) return refresh();
    // What is a little old is good enough while the next look is under way.
    if (age > staleMs) void refresh().catch(() => undefined);
    return known;
  };

  const refusal = ({ waiting, pace, outbox }: Known): Refusal | null => {
    if (waiting > maxWaiting) {
      return {
        cause: 'inbox',
        reason: 'More events wait to be applied than is good for their lag. Send again shortly.',
        retryAfterSeconds: 5,
      };
    }
    if (outbox.roomInSeconds === null) return null;
    return {
      cause: 'outbox',
      reason:
        `Events ask for more runs than Temporal starts: ${pace.waiting} wait, and ${Math.round(pace.perSecond ?? 0)} are ` +
        'carried out a second. Send again shortly.',
      retryAfterSeconds: outbox.roomInSeconds,
    };
  };

  return {
    enter: async (bytes) => {
      if (inFlight + bytes > maxInFlightBytes && inFlight > 0) {
        const reason = 'More is being sent at once than can be held. Send again shortly.';
        return { cause: 'memory', reason, retryAfterSeconds: 1 };
      }
      inFlight += bytes;
      let refused = true;
      try {
        const why = refusal(await latest());
        refused = why !== null;
        return why;
      } finally {
        if (refused) inFlight -= bytes;
      }
    },
    leave: (bytes) => {
      inFlight -= bytes;
    },
    state: async () => {
      const now = await latest();
      const { waiting, perSecond } = now.pace;
      return {
        accepting: refusal(now) === null,
        waiting: now.waiting,
        outbox: { waiting, perSecond, state: now.outbox.state },
      };
    },
  };
};
