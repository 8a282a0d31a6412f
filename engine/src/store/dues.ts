import { bulk } from './bulk.ts';
import type { Queryable } from './store.ts';

/** A due to write, and what was written before: whoever else wrote meanwhile (a publication) is not overruled. */
export interface Due {
  contactId: string;
  slot: number;
  /** Null: the contact has no due any more. */
  dueAt: number | null;
  was: number | null;
}

const columns = {
  contact_id: { type: 'uuid', of: (due: Due) => due.contactId },
  slot: { type: 'smallint', of: (due: Due) => due.slot },
  due_at: { type: 'bigint', of: (due: Due) => due.dueAt },
  was: { type: 'bigint', of: (due: Due) => due.was },
} as const;

/** A due that comes, or comes earlier: the earliest that anybody wrote stands. */
const lower = bulk<Due>(
  'dues_lower',
  columns,
  `insert into dues (contact_id, slot, due_at) select contact_id, slot, due_at from :rows
   on conflict (contact_id) do update set due_at = least(dues.due_at, excluded.due_at)`,
);
const raise = bulk<Due>(
  'dues_raise',
  columns,
  'update dues d set due_at = r.due_at from :rows where d.contact_id = r.contact_id and d.due_at = r.was',
);
const remove = bulk<Due>(
  'dues_remove',
  columns,
  'delete from dues d using :rows where d.contact_id = r.contact_id and d.due_at = r.was',
);

/** Writes dues down, and deletes those that are over. */
export const writeDues = async (tx: Queryable, dues: readonly Due[]): Promise<void> => {
  const sorted = dues.toSorted((a, b) => (a.contactId < b.contactId ? -1 : 1));
  const earlier = sorted.filter(({ dueAt, was }) => dueAt !== null && (was === null || dueAt < was));
  const later = sorted.filter(({ dueAt, was }) => dueAt !== null && was !== null && dueAt >= was);
  const over = sorted.filter(({ dueAt }) => dueAt === null);
  if (earlier.length > 0) await lower.run(tx, earlier);
  if (later.length > 0) await raise.run(tx, later);
  if (over.length > 0) await remove.run(tx, over);
};

/** Stops a contact's clock for good. */
export const deleteDue = async (tx: Queryable, contactId: string): Promise<void> => {
  await tx.query('delete from dues where contact_id = $1', [contactId]);
};

/** Contacts of a range of slots whose written due has come, earliest first within a slot. */
export const contactsDue = async (
  db: Queryable,
  range: { firstSlot: number; lastSlot: number; until: number; limit: number },
): Promise<string[]> => {
  const { rows } = await db.query<{ contact_id: string }>({
    name: 'dues_due',
    // Slot by slot: one look at the index each, however many clocks run.
    text: `select d.contact_id from generate_series($1::int, $2::int) as s(slot)
      cross join lateral (
        select contact_id from dues where slot = s.slot and due_at <= $3 order by due_at limit $4
      ) d limit $4`,
    values: [range.firstSlot, range.lastSlot, range.until, range.limit],
  });
  return rows.map((row) => row.contact_id);
};

/** The earliest written due of a range of slots, ms; null when nothing will fall due. */
export const nextDue = async (db: Queryable, firstSlot: number, lastSlot: number): Promise<number | null> => {
  const { rows } = await db.query<{ due_at: number | null }>({
    name: 'dues_next',
    text: `select min(d.due_at) as due_at from generate_series($1::int, $2::int) as s(slot)
      cross join lateral (select due_at from dues where slot = s.slot order by due_at limit 1) d`,
    values: [firstSlot, lastSlot],
  });
  return rows[0]?.due_at ?? null;
};
