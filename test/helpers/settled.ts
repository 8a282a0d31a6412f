import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** What is still to happen at a moment. */
interface Unsettled {
  inbox: number;
  outbox: number;
  asks: number;
  deliveries: number;
  dues: number;
}

const query = `select
  (select count(*) from inbox)::int as inbox,
  (select count(*) from outbox)::int as outbox,
  (select count(*) from asks where answered_at is null and not held)::int as asks,
  (select count(*) from deliveries where status = 'pending')::int as deliveries,
  (select count(*) from dues d join contacts c on c.id = d.contact_id where d.due_at <= $1 and c.held_by is null)::int as dues`;

const lookEveryMs = 8;

/** Waits until nothing is left to happen at `now`; fails with what is, when nothing moved for `patienceMs`. */
export const settled = async (pool: pg.Pool, now: number, patienceMs = 30_000): Promise<void> => {
  let before = '';
  let movedAt = performance.now();
  for (;;) {
    const { rows } = await pool.query<Unsettled>({ name: 'settled', text: query, values: [now] });
    const [left] = rows;
    if (left && Object.values(left).every((count) => count === 0)) return;
    const what = JSON.stringify(left);
    if (what !== before) [before, movedAt] = [what, performance.now()];
    else if (performance.now() - movedAt > patienceMs)
      throw new Error(`Nothing happens any more, although this is left at ${new Date(now).toISOString()}: ${what}`);
    await pause(lookEveryMs);
  }
};
