import { slotOf } from '@ripen/shared';
import { announce } from './announce.ts';
import { plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** Gives everything that people see of a contact to the one that it turned out to be; arrivals are moved on their own. */
export const moveBelongings = async (tx: Queryable, from: string, to: string): Promise<void> => {
  for (const table of ['runs', 'deliveries', 'asks', 'leads'] as const) {
    await tx.query(`update ${table} set contact_id = $2 where contact_id = $1`, [from, to]);
  }
  // What belonged to one is found under the other: lists are asked for again.
  await announce(tx, { contacts: [from, to], runs: null, leads: null });
  await tx.query('update dead_letters set contact_id = $2, slot = $3 where contact_id = $1', [from, to, slotOf(to)]);
};

/**
 * Of the leads that sales has open for contacts that are one, the oldest stays; the others are withdrawn. Returns the one
 * that stays.
 */
export const keepOldestLead = async (tx: Queryable, contactIds: readonly string[]): Promise<string | null> => {
  const { rows } = await tx.query<{ id: string }>(
    `select id from leads where contact_id = any($1::uuid[]) and status in ('open', 'accepted') order by at, id for update`,
    [plainArray(contactIds)],
  );
  const [oldest, ...others] = rows.map((row) => row.id);
  if (others.length > 0) {
    await tx.query(
      `update leads set status = 'withdrawn', reason = 'The contact was merged with one that has a lead.', updated_at = now()
       where id = any($1::uuid[])`,
      [plainArray(others)],
    );
    await announce(tx, { leads: others });
  }
  return oldest ?? null;
};
