import { waitUntil } from '@ripen/infra';
import type pg from 'pg';

/** What waits to be carried to Temporal. */
export interface Outbox {
  rows: number;
  /** How long the oldest has waited, ms. */
  lagMs: number;
}

const tenMinutesMs = 600_000;
// Looking costs the database something too: rarely enough not to be seen in what is measured.
const lookEveryMs = 25;
const watchEveryMs = 250;

/** Events applied since the database was made; refused ones are not among them. */
export const appliedSoFar = async (pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<{ applied: number }>('select sum(applied)::int as applied from lanes');
  return rows[0]?.applied ?? 0;
};

/** Waits until `applied` events were applied in all. */
export const untilApplied = (pool: pg.Pool, applied: number): Promise<void> =>
  waitUntil({
    what: `Applying ${applied} events`,
    timeoutMs: tenMinutesMs,
    everyMs: lookEveryMs,
    until: async () => (await appliedSoFar(pool)) >= applied,
  });

const readOutbox = async (pool: pg.Pool): Promise<Outbox> => {
  const { rows } = await pool.query<Outbox>(
    `select count(*)::int as rows, coalesce(extract(epoch from clock_timestamp() - min(created_at)) * 1000, 0)::int as "lagMs"
     from outbox`,
  );
  return rows[0] ?? { rows: 0, lagMs: 0 };
};

/** Waits until everything was carried to Temporal. */
export const untilDispatched = (pool: pg.Pool): Promise<void> =>
  waitUntil({
    what: 'Carrying the outbox to Temporal',
    timeoutMs: tenMinutesMs,
    everyMs: lookEveryMs,
    until: async () => (await readOutbox(pool)).rows === 0,
  });

/** Looks at the outbox until told to stop; returns the longest lag seen, ms. */
export const watchOutbox = (pool: pg.Pool): (() => Promise<number>) =>
  watchLongest(async () => (await readOutbox(pool)).lagMs);

/** The same for arrivals that wait to be applied. */
export const watchInbox = (pool: pg.Pool): (() => Promise<number>) =>
  watchLongest(async () => {
    const { rows } = await pool.query<{ lagMs: number }>(
      'select coalesce(extract(epoch from clock_timestamp() - min(created_at)) * 1000, 0)::int as "lagMs" from inbox',
    );
    return rows[0]?.lagMs ?? 0;
  });

const watchLongest = (look: () => Promise<number>): (() => Promise<number>) => {
  let longest = 0;
  let stopped = false;
  const watching = waitUntil({
    what: 'The end of the measurement',
    timeoutMs: 2 * tenMinutesMs,
    everyMs: watchEveryMs,
    until: async () => {
      longest = Math.max(longest, await look());
      return stopped;
    },
  });
  return async () => {
    stopped = true;
    await watching;
    return longest;
  };
};
