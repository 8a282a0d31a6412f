import { bulkInsert, plainArray } from './bulk.ts';
import type { Queryable, Transaction } from './store.ts';

/** What is over of a contact's books: everything before this generation. */
export interface Outdated {
  contactId: string;
  generation: number;
}

const notes = bulkInsert<Outdated>('outdated', {
  contact_id: { type: 'uuid', of: (row) => row.contactId },
  generation: { type: 'integer', of: (row) => row.generation },
});

/** Notes generations that nobody looks at any more, to be removed later. */
export const noteOutdated = async (tx: Queryable, rows: readonly Outdated[]): Promise<void> => {
  if (rows.length > 0) await notes.run(tx, rows);
};

/** A note of it. */
export type OutdatedNote = Outdated & { id: number };

/** Up to so many notes that are older than this, oldest first, locked: others who ask at the same time get others. */
export const takeOutdated = async (
  tx: Transaction,
  { olderThanMs, limit }: { olderThanMs: number; limit: number },
): Promise<OutdatedNote[]> => {
  const { rows } = await tx.query<OutdatedNote>({
    name: 'outdated_take',
    text: `select id, contact_id as "contactId", generation from outdated where at <= now() - $1 * interval '1 millisecond'
      order by id limit $2 for update skip locked`,
    values: [olderThanMs, limit],
  });
  return rows;
};

export const deleteOutdated = async (tx: Transaction, taken: readonly OutdatedNote[]): Promise<void> => {
  await tx.query({
    name: 'outdated_delete',
    text: 'delete from outdated where id = any($1::bigint[])',
    values: [plainArray(taken.map(({ id }) => id))],
  });
};

/** Removes up to `limit` rows of generations that are over; returns how many there were. */
export const deleteGenerations = async (
  tx: Transaction,
  outdated: readonly Outdated[],
  limit: number,
): Promise<number> => {
  const over = [plainArray(outdated.map((row) => row.contactId)), plainArray(outdated.map((row) => row.generation))];
  let deleted = 0;
  for (const table of ['ledger', 'moves'] as const) {
    const { rowCount } = await tx.query({
      name: `outdated_${table}`,
      // A look at the index for each contact, then the rows by their places.
      text: `delete from ${table} where ctid = any(array(
          select t.ctid from unnest($1::uuid[], $2::int[]) as u(contact_id, generation)
          join ${table} t on t.contact_id = u.contact_id and t.generation < u.generation limit $3))`,
      values: [...over, limit - deleted],
    });
    deleted += rowCount ?? 0;
  }
  return deleted;
};
