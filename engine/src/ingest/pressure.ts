import type { Queryable } from '../store/store.ts';

/** Says no before memory or lag grow. */
export interface Pressure {
  /** Takes the bytes of a request in; returns why not and how long to wait, or null. Every null is followed by `leave`. */
  enter(bytes: number): Promise<Refusal | null>;
  leave(bytes: number): void;
  /** What was last known: arrivals waiting, at most, and whether more are taken. */
  state(): Promise<{ waiting: number; accepting: boolean }>;
}

export interface Refusal {
  reason: string;
  retryAfterSeconds: number;
}

export interface PressureOptions {
  /** Arrivals that may wait to be applied: a minute or so of work. */
  maxWaiting?: number;
  /** Bytes of requests being taken in at once. A parsed event is several times its text. */
  maxInFlightBytes?: number;
  /** How old the count of waiting arrivals may be, ms. */
  staleMs?: number;
}

export const createPressure = (db: Queryable, options: PressureOptions = {}): Pressure => {
  const { maxWaiting = 200_000, maxInFlightBytes = 48 * 1024 * 1024, staleMs = 500 } = options;
  let inFlight = 0;
  let waiting = 0;
  let countedAt = -Infinity;
  let counting: Promise<void> | null = null;

  // The range of ids is never less than the number of rows, and costs two looks at the index. Only when it is too wide (a
  // backlog, or one lane that is stuck) are rows counted; twice a second at most, whatever comes in.
  const count = async (): Promise<void> => {
    const { rows } = await db.query<{ range: number }>({
      name: 'inbox_range',
      text: 'select coalesce((select max(id) from inbox) - (select min(id) from inbox) + 1, 0) as range',
    });
    const range = Number(rows[0]?.range ?? 0);
    waiting = range <= maxWaiting ? range : await counted();
    countedAt = performance.now();
  };
  const counted = async (): Promise<number> => {
    const { rows } = await db.query<{ waiting: number }>({
      name: 'inbox_depth',
      text: 'select count(*) as waiting from (select 1 from inbox limit $1) as few',
      values: [maxWaiting + 1],
    });
    return Number(rows[0]?.waiting ?? 0);
  };
  const refresh = (): Promise<void> => (counting ??= count().finally(() => (counting = null)));

  const known = async (): Promise<void> => {
    const age = performance.now() - countedAt;
    // A count that is a little old is good enough while the next one is made.
    if (age > staleMs * 4) await refresh();
    else if (age > staleMs) void refresh().catch(() => undefined);
  };

  return {
    enter: async (bytes) => {
      if (inFlight + bytes > maxInFlightBytes && inFlight > 0) {
        return { reason: 'More is being sent at once than can be held. Send again shortly.', retryAfterSeconds: 1 };
      }
      inFlight += bytes;
      try {
        await known();
      } catch (error) {
        inFlight -= bytes;
        throw error;
      }
      if (waiting <= maxWaiting) return null;
      inFlight -= bytes;
      return {
        reason: 'More events wait to be applied than is good for their lag. Send again shortly.',
        retryAfterSeconds: 5,
      };
    },
    leave: (bytes) => {
      inFlight -= bytes;
    },
    state: async () => {
      await known();
      return { waiting, accepting: waiting <= maxWaiting };
    },
  };
};
