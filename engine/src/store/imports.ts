import { randomUUID } from 'node:crypto';
import { announce } from './announce.ts';
import type { Queryable } from './store.ts';

/** A historical load: it holds the dues of the contacts it touches until it is closed. */
export interface ImportRow {
  id: string;
  name: string;
  status: 'open' | 'closing' | 'closed' | 'cancelled';
  received: number;
  refused: number;
  createdAt: Date;
  closedAt: Date | null;
}

const columns = 'id, name, status, received, refused, created_at as "createdAt", closed_at as "closedAt"';

export const insertImport = async (db: Queryable, name: string): Promise<ImportRow> => {
  const { rows } = await db.query<ImportRow>(
    `insert into imports (id, name, status) values ($1, $2, 'open') returning ${columns}`,
    [randomUUID(), name],
  );
  const row = rows[0];
  if (!row) throw new Error('An insert returns its row.');
  await announce(db, { imports: [row.id] });
  return row;
};

export const readImport = async (db: Queryable, id: string): Promise<ImportRow | undefined> => {
  const { rows } = await db.query<ImportRow>(`select ${columns} from imports where id = $1`, [id]);
  return rows[0];
};

export const listImports = async (db: Queryable, limit: number): Promise<ImportRow[]> => {
  const { rows } = await db.query<ImportRow>(`select ${columns} from imports order by created_at desc limit $1`, [
    limit,
  ]);
  return rows;
};

/** Locks a load against its own batches: they take a key share, so none commits after this. */
export const lockImport = async (tx: Queryable, id: string): Promise<ImportRow | undefined> => {
  const { rows } = await tx.query<ImportRow>(`select ${columns} from imports where id = $1 for update`, [id]);
  return rows[0];
};

export const setImportStatus = async (tx: Queryable, id: string, status: ImportRow['status']): Promise<void> => {
  await tx.query(`update imports set status = $2, closed_at = case when $2 = 'closed' then now() end where id = $1`, [
    id,
    status,
  ]);
  await announce(tx, { imports: [id] });
};

export const countReceived = async (tx: Queryable, id: string, events: number): Promise<void> => {
  await tx.query('update imports set received = received + $2 where id = $1', [id, events]);
  await announce(tx, { imports: [id] });
};

/** Everything a load held is let go: it is closed, unless it was cancelled. */
export const finishImport = async (db: Queryable, id: string): Promise<void> => {
  const { rowCount } = await db.query(
    `update imports set status = case status when 'closing' then 'closed' else status end, closed_at = now()
     where id = $1 and closed_at is null and status in ('closing', 'cancelled')`,
    [id],
  );
  if (rowCount) await announce(db, { imports: [id] });
};

/** Loads that ended and may still hold contacts. */
export const closingImports = async (db: Queryable): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select id from imports where status = 'closing' or (status = 'cancelled' and closed_at is null)`,
  );
  return rows.map((row) => row.id);
};

/** Whether arrivals of a load still wait to be applied. */
export const importWaits = async (db: Queryable, id: string): Promise<boolean> => {
  const { rowCount } = await db.query('select 1 from inbox where import_id = $1 limit 1', [id]);
  return (rowCount ?? 0) > 0;
};

/** A contact that was let go: where to go on after it. */
export interface Released {
  slot: number;
  id: string;
}

/**
 * Lets up to `limit` contacts of a range of slots go, those after another one: their clocks run again, so what is due is written
 * down. Returns them in order. The caller holds the lane's lock, so no batch is under way that believes them held. Without the
 * place to go on, each call would step over what is left in the index of all those before.
 */
export const releaseHeld = async (
  tx: Queryable,
  {
    importId,
    firstSlot,
    lastSlot,
    after,
    limit,
  }: { importId: string; firstSlot: number; lastSlot: number; after: Released; limit: number },
): Promise<Released[]> => {
  const { rows } = await tx.query<Released>({
    name: 'contacts_release',
    text: `with freed as (
       select id, slot, state, absorbed from contacts
       where held_by = $1 and slot between $2 and $3 and (slot, id) > ($4, $5) order by slot, id limit $6 for no key update
     ), updated as (
       update contacts c set held_by = null from freed f where c.id = f.id
     ), due as (
       insert into dues (contact_id, slot, due_at)
       select id, slot, (state->>'nextDueAt')::bigint from freed where not absorbed and state->>'nextDueAt' is not null
       on conflict (contact_id) do update set due_at = least(dues.due_at, excluded.due_at)
     ), told as (
       -- They hear now what was said of their accounts meanwhile.
       insert into account_marks (account_id)
       select distinct m.account_id from freed f join account_members m on m.contact_id = f.id
       where exists (select from account_facts said where said.account_id = m.account_id)
     )
     select slot, id from freed order by slot, id`,
    values: [importId, firstSlot, lastSlot, after.slot, after.id, limit],
  });
  return rows;
};
