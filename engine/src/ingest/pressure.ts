import { countArrivals, inboxDepth, type InboxDepth } from '../store/inbox.ts';
import { readLanesDone } from '../store/lanes.ts';
import { outboxPace } from '../store/outbox.ts';
import type { Queryable } from '../store/store.ts';
import { firstAsking, learnAsking, type Asking } from './asking.ts';
import { Intake } from './intake.ts';
import {
  firstOutboxMemory,
  judgeOutbox,
  mostRows,
  type OutboxJudgement,
  type OutboxReading,
  type OutboxState,
} from './outbox-bound.ts';

/** Says no before memory or lag grow. */
export interface Pressure {
  /** Takes the bytes of a request in; returns why not and how long to wait, or null. Every null is followed by `leave`. */
  enter(bytes: number): Promise<Refusal | null>;
  leave(bytes: number): void;
  /** So many arrivals were accepted. */
  took(arrivals: number): void;
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
  inbox: InboxDepth;
  asking: Asking;
  reading: OutboxReading;
  outbox: OutboxJudgement;
  /** Rows that may be asked for until the next look. */
  room: number;
}

/** One look in so many is at the inbox from its beginning, for rows that were put back at their old places. */
const wholeLookEvery = 32;

export const createPressure = (db: Queryable, options: PressureOptions = {}): Pressure => {
  const { maxWaiting = 200_000, maxInFlightBytes = 48 * 1024 * 1024, staleMs = 500 } = options;
  const { maxOutboxLagMs = 10_000, elapsed = () => performance.now() } = options;
  const bound = { maxLagMs: maxOutboxLagMs };
  const intake = new Intake();
  let inFlight = 0;
  let known: Known | null = null;
  let lookedAt = -Infinity;
  let looks = 0;
  let looking: Promise<Known> | null = null;

  const look = async (): Promise<Known> => {
    intake.look();
    const from = looks++ % wholeLookEvery === 0 ? 0 : known?.inbox.first;
    const [inbox, pace, done] = await Promise.all([
      inboxDepth(db, maxWaiting, from),
      outboxPace(db, maxOutboxLagMs),
      readLanesDone(db),
    ]);
    const asking = learnAsking(known?.asking ?? firstAsking, done);
    const memory = known?.outbox.memory ?? firstOutboxMemory;
    const expected = await expectedRows(db, inbox, asking, mostRows(pace, memory, bound) - pace.waiting);
    const reading = { ...pace, expected };
    lookedAt = elapsed();
    const outbox = judgeOutbox(reading, memory, lookedAt, bound);
    const room = mostRows(pace, outbox.memory, bound) - pace.waiting - expected;
    return (known = { inbox, asking, reading, outbox, room });
  };
  const refresh = (): Promise<Known> => (looking ??= look().finally(() => (looking = null)));

  const latest = async (): Promise<Known> => {
    const age = elapsed() - lookedAt;
    if (!known || age > staleMs * 4) return refresh();
    // What is a little old is good enough while the next look is under way.
    if (age > staleMs) void refresh().catch(() => undefined);
    return known;
  };

  /** A look is good for half a second, which is long for events that all start runs: what it found room for is shared out. */
  const isCrowded = ({ asking, room }: Known, bytes: number): boolean =>
    asking.perArrival > 0 && !intake.fits(bytes, room / asking.perArrival);

  const refusal = (now: Known, bytes = 0): Refusal | null => {
    const { inbox, reading, outbox } = now;
    if (inbox.waiting > maxWaiting) {
      return {
        cause: 'inbox',
        reason: 'More events wait to be applied than is good for their lag. Send again shortly.',
        retryAfterSeconds: 5,
      };
    }
    if (outbox.roomInSeconds === null && !isCrowded(now, bytes)) return null;
    const { perSecond, expected } = reading;
    const toCome = expected > 0 ? ` and ${expected} more will` : '';
    return {
      cause: 'outbox',
      reason:
        `Events ask for more runs than Temporal starts: ${reading.waiting} wait${toCome}, and ` +
        `${Math.round(perSecond ?? 0)} are carried out a second. Send again shortly.`,
      retryAfterSeconds: outbox.roomInSeconds ?? 1,
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
        const why = refusal(await latest(), bytes);
        refused = why !== null;
        return why;
      } finally {
        if (refused) inFlight -= bytes;
        else intake.letIn(bytes);
      }
    },
    leave: (bytes) => {
      inFlight -= bytes;
      intake.leave(bytes);
    },
    took: (arrivals) => intake.took(arrivals),
    state: async () => {
      const now = await latest();
      const { waiting, perSecond } = now.reading;
      return {
        accepting: refusal(now) === null,
        waiting: now.inbox.waiting,
        outbox: { waiting, perSecond, state: now.outbox.state },
      };
    },
  };
};

/**
 * Outbox rows that what waits in the inbox will ask for, at most. Where that is more than there is room for, it may be because one
 * lane is stuck and ids are far apart: then arrivals are counted, as far as it matters.
 */
const expectedRows = async (
  db: Queryable,
  inbox: InboxDepth,
  { perArrival }: Asking,
  room: number,
): Promise<number> => {
  const most = Math.round(inbox.waiting * perArrival);
  if (most === 0 || most <= room) return most;
  const fit = Math.max(0, Math.floor(room / perArrival));
  const counted = await countArrivals(db, fit + 1, inbox.first);
  return counted > fit ? most : Math.round(counted * perArrival);
};
