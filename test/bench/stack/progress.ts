import { waitUntil } from '@ripen/infra';
import type pg from 'pg';

/** How far the product is. */
export interface Progress {
  /** Events applied since the database was made. */
  applied: number;
  /** Whether arrivals wait to be applied. */
  waiting: boolean;
  /** Rows that wait to be carried to Temporal, and how long the oldest has, ms. */
  outbox: number;
  outboxLagMs: number;
}

const text = `select (select sum(applied)::int from lanes) as applied, exists (select 1 from inbox) as waiting,
  count(*)::int as outbox, coalesce(extract(epoch from clock_timestamp() - min(created_at)) * 1000, 0)::int as "outboxLagMs"
  from outbox`;

export const readProgress = async (pool: pg.Pool): Promise<Progress> => {
  const { rows } = await pool.query<Progress>({ name: 'bench_progress', text });
  if (!rows[0]) throw new Error('An aggregate has a row.');
  return rows[0];
};

const tenMinutesMs = 600_000;

/** Waits until `applied` events were applied in all; tells of each look. */
export const untilApplied = (pool: pg.Pool, applied: number, onLook?: (progress: Progress) => void): Promise<void> =>
  waitUntil({
    what: `Applying ${applied} events`,
    timeoutMs: tenMinutesMs,
    everyMs: 25,
    until: async () => {
      const progress = await readProgress(pool);
      onLook?.(progress);
      return progress.applied >= applied && !progress.waiting;
    },
  });

/** Waits until everything was carried to Temporal. */
export const untilDispatched = (pool: pg.Pool, onLook?: (progress: Progress) => void): Promise<void> =>
  waitUntil({
    what: 'Carrying the outbox to Temporal',
    timeoutMs: tenMinutesMs,
    everyMs: 25,
    until: async () => {
      const progress = await readProgress(pool);
      onLook?.(progress);
      return progress.outbox === 0;
    },
  });
