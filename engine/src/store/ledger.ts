import type { Counted, Expiring, LedgerEntry, StageMove } from '@ripen/shared';
import { bulkInsert, plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** A row that belongs to a contact (and a generation of its ledger). */
export interface Of<T> {
  contactId: string;
  generation: number;
  row: T;
}

const entries = bulkInsert<Of<LedgerEntry>>('ledger', {
  id: { type: 'uuid', of: ({ row }) => row.id },
  contact_id: { type: 'uuid', of: (item) => item.contactId },
  generation: { type: 'integer', of: (item) => item.generation },
  seq: { type: 'integer', of: ({ row }) => row.seq },
  model: { type: 'text', of: ({ row }) => row.model },
  group: { type: 'text', of: ({ row }) => row.group },
  kind: { type: 'text', of: ({ row }) => row.kind },
  points: { type: 'bigint', of: ({ row }) => row.points },
  at: { type: 'bigint', of: ({ row }) => row.at },
  earned_at: { type: 'bigint', of: ({ row }) => row.earnedAt },
  cause: { type: 'text', of: ({ row }) => row.cause },
  message_id: { type: 'text', of: ({ row }) => row.messageId },
  run_id: { type: 'uuid', of: ({ row }) => row.runId },
  decays: { type: 'boolean', of: ({ row }) => row.decays },
  expires_at: { type: 'bigint', of: ({ row }) => row.expiresAt },
  epoch: { type: 'integer', of: ({ row }) => row.epoch },
  factors: { type: 'jsonb', of: ({ row }) => row.factors },
  of: { type: 'uuid', of: ({ row }) => row.of },
});

const moves = bulkInsert<Of<StageMove>>('moves', {
  id: { type: 'uuid', of: ({ row }) => row.id },
  contact_id: { type: 'uuid', of: (item) => item.contactId },
  generation: { type: 'integer', of: (item) => item.generation },
  seq: { type: 'integer', of: ({ row }) => row.seq },
  at: { type: 'bigint', of: ({ row }) => row.at },
  from_stage: { type: 'text', of: ({ row }) => row.from },
  to_stage: { type: 'text', of: ({ row }) => row.to },
  passed: { type: 'text[]', of: ({ row }) => row.passed },
  cause: { type: 'text', of: ({ row }) => row.cause },
  message_id: { type: 'text', of: ({ row }) => row.messageId },
});

const counted = bulkInsert<Of<Counted>>('counted', {
  contact_id: { type: 'uuid', of: (item) => item.contactId },
  counter: { type: 'text', of: ({ row }) => row.counter },
  value: { type: 'text', of: ({ row }) => row.value },
  at: { type: 'bigint', of: ({ row }) => row.at },
});

const expiring = bulkInsert<Of<Expiring>>('expiring', {
  entry_id: { type: 'uuid', of: ({ row }) => row.entryId },
  contact_id: { type: 'uuid', of: (item) => item.contactId },
  seq: { type: 'integer', of: ({ row }) => row.seq },
  model: { type: 'text', of: ({ row }) => row.model },
  group: { type: 'text', of: ({ row }) => row.group },
  cause: { type: 'text', of: ({ row }) => row.cause },
  epoch: { type: 'integer', of: ({ row }) => row.epoch },
  era: { type: 'integer', of: ({ row }) => row.era },
  shrink: { type: 'double precision', of: ({ row }) => row.shrink },
  points: { type: 'bigint', of: ({ row }) => row.points },
  earned_at: { type: 'bigint', of: ({ row }) => row.earnedAt },
  decays: { type: 'boolean', of: ({ row }) => row.decays },
  expires_at: { type: 'bigint', of: ({ row }) => row.expiresAt },
});

/** Appends ledger entries. Their ids are derived, so one that is there already is an error, never a second entry. */
export const insertEntries = async (tx: Queryable, rows: readonly Of<LedgerEntry>[]): Promise<void> => {
  if (rows.length > 0) await entries.run(tx, rows);
};

export const insertMoves = async (tx: Queryable, rows: readonly Of<StageMove>[]): Promise<void> => {
  if (rows.length > 0) await moves.run(tx, rows);
};

export const insertCounted = async (tx: Queryable, rows: readonly Of<Counted>[]): Promise<void> => {
  if (rows.length > 0) await counted.run(tx, rows);
};

/** Takes back times at which counters counted: one row for each. Call after `insertCounted`. */
export const deleteCounted = async (tx: Queryable, rows: readonly Of<Counted>[]): Promise<void> => {
  for (const { contactId, row } of rows)
    await tx.query({
      name: 'counted_delete',
      text: `delete from counted where ctid = (
        select ctid from counted where contact_id = $1 and counter = $2 and value = $3 and at = $4 limit 1)`,
      values: [contactId, row.counter, row.value, row.at],
    });
};

export const insertExpiring = async (tx: Queryable, rows: readonly Of<Expiring>[]): Promise<void> => {
  if (rows.length > 0) await expiring.run(tx, rows);
};

export const deleteExpiring = async (tx: Queryable, entryIds: readonly string[]): Promise<void> => {
  if (entryIds.length === 0) return;
  await tx.query({
    name: 'expiring_delete',
    text: 'delete from expiring where entry_id = any($1::uuid[])',
    values: [plainArray(entryIds)],
  });
};

/** Forgets what is to expire of contacts whose ledger is written anew. */
export const forgetExpiring = async (tx: Queryable, contactIds: readonly string[]): Promise<void> => {
  await tx.query({
    name: 'expiring_forget',
    text: 'delete from expiring where contact_id = any($1::uuid[])',
    values: [plainArray(contactIds)],
  });
};

/** A counter that counted, and where its row is: good for as long as the lock of its lane is held. */
export type CountedRow = Counted & { contactId: string; place: string };

/** Everything that counters counted of contacts. */
export const readCounted = async (db: Queryable, contactIds: readonly string[]): Promise<CountedRow[]> => {
  const { rows } = await db.query<CountedRow>({
    name: 'counted_of',
    text: 'select ctid::text as place, contact_id as "contactId", counter, value, at from counted where contact_id = any($1::uuid[])',
    values: [plainArray(contactIds)],
  });
  return rows;
};

export const deleteCountedRows = async (tx: Queryable, rows: readonly CountedRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.query({
    name: 'counted_delete_rows',
    text: 'delete from counted where ctid = any($1::tid[])',
    values: [rows.map(({ place }) => place)],
  });
};
