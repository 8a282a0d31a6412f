import type { FieldValue } from '@ripen/shared';
import { bulk, plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** Which account a contact belongs to now; null for none. */
export interface Membership {
  contactId: string;
  accountId: string | null;
}

const memberships = bulk<Membership>(
  'account_members',
  {
    contact_id: { type: 'uuid', of: (row) => row.contactId },
    account_id: { type: 'uuid', of: (row) => row.accountId },
  },
  `with given as (select * from :rows),
   left_ as (
     select m.account_id from given g join account_members m on m.contact_id = g.contact_id
     where m.account_id is distinct from g.account_id
   ), gone as (
     delete from account_members m using given g where m.contact_id = g.contact_id and g.account_id is null
   ), joined as (
     insert into account_members (contact_id, account_id)
     select contact_id, account_id from given where account_id is not null
     on conflict (contact_id) do update set account_id = excluded.account_id
     where account_members.account_id <> excluded.account_id
   )
   insert into account_marks (account_id)
   select account_id from left_ union select account_id from given where account_id is not null`,
);

/** Writes where contacts belong, and marks the accounts that they left and are in. */
export const writeMemberships = async (tx: Queryable, rows: readonly Membership[]): Promise<void> => {
  if (rows.length > 0) await memberships.run(tx, rows);
};

/** Marks accounts to be looked at again, soon after this transaction. */
export const markAccounts = async (tx: Queryable, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx.query({
    name: 'account_marks_insert',
    text: 'insert into account_marks (account_id) select unnest($1::uuid[])',
    values: [plainArray(ids)],
  });
};

export const markAllAccounts = async (tx: Queryable): Promise<void> => {
  await tx.query('insert into account_marks (account_id) select id from accounts');
};

/** For a contact that turned out to be another one. */
export const endMembership = async (tx: Queryable, contactId: string): Promise<void> => {
  await tx.query(
    `with gone as (delete from account_members where contact_id = $1 returning account_id)
     insert into account_marks (account_id) select account_id from gone`,
    [contactId],
  );
};

/** Marks that a look goes through for accounts: one busy account has many. */
const marksLooked = 5_000;

/**
 * Takes accounts that were marked, or that time alone may have changed by `now`, ms, until the transaction ends; those that
 * somebody else has are left to them. Their marks are gone: states read from now on hold what they were set for.
 */
export const takeMarked = async (tx: Queryable, now: number, limit: number): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>({
    name: 'account_marks_take',
    text: `with marked as (
         select distinct account_id as id from (select account_id from account_marks order by id limit ${marksLooked}) m limit $2
       ), old as (select id from accounts where look_at <= $1 order by look_at limit $2),
       wanted as materialized (select id from marked union select id from old limit $2)
     select id from wanted where pg_try_advisory_xact_lock(${lockSpace}, hashtext(id::text))`,
    values: [now, limit],
  });
  const ids = rows.map(({ id }) => id).sort();
  await tx.query({
    name: 'account_marks_delete',
    text: 'delete from account_marks where account_id = any($1::uuid[])',
    values: [plainArray(ids)],
  });
  return ids;
};

/** One key space for the locks of accounts. */
const lockSpace = 0x51ac;

/** An account as it is written down. */
export interface AccountRow {
  id: string;
  name: string;
  fields: Record<string, FieldValue>;
  contacts: number;
  words: readonly string[];
  asOf: number;
  lookAt: number | null;
}

const accounts = bulk<AccountRow>(
  'accounts',
  {
    id: { type: 'uuid', of: (row) => row.id },
    name: { type: 'text', of: (row) => row.name },
    fields: { type: 'jsonb', of: (row) => row.fields },
    contacts: { type: 'integer', of: (row) => row.contacts },
    words: { type: 'text[]', of: (row) => row.words },
    as_of: { type: 'bigint', of: (row) => row.asOf },
    look_at: { type: 'bigint', of: (row) => row.lookAt },
  },
  `insert into accounts (id, created_us, name, fields, contacts, search, as_of, look_at)
   select r.id, (extract(epoch from clock_timestamp()) * 1000000)::bigint, r.name, r.fields, r.contacts,
     array_to_tsvector(r.words), r.as_of, r.look_at
   from :rows
   on conflict (id) do update set name = excluded.name, fields = excluded.fields, contacts = excluded.contacts,
     search = excluded.search, as_of = excluded.as_of, look_at = excluded.look_at`,
);

export interface AccountScoreRow {
  accountId: string;
  model: string;
  /** Micropoints. */
  score: number;
  shown: boolean;
  band: string | null;
}

const scores = bulk<AccountScoreRow>(
  'account_scores',
  {
    account_id: { type: 'uuid', of: (row) => row.accountId },
    model: { type: 'text', of: (row) => row.model },
    score: { type: 'bigint', of: (row) => row.score },
    shown: { type: 'boolean', of: (row) => row.shown },
    band: { type: 'text', of: (row) => row.band },
  },
  `insert into account_scores (account_id, model, score, shown, band)
   select account_id, model, score, shown, band from :rows
   on conflict (account_id, model) do update set score = excluded.score, shown = excluded.shown, band = excluded.band
   where (account_scores.score, account_scores.shown, account_scores.band)
     is distinct from (excluded.score, excluded.shown, excluded.band)`,
);

/** Writes accounts as they are now; `empty` have no contacts left and go. `models`: those in force. */
export const writeAccounts = async (
  tx: Queryable,
  rows: readonly AccountRow[],
  scored: readonly AccountScoreRow[],
  { empty, models }: { empty: readonly string[]; models: readonly string[] },
): Promise<void> => {
  if (rows.length > 0) await accounts.run(tx, rows);
  if (scored.length > 0) await scores.run(tx, scored);
  const ids = [...rows.map(({ id }) => id), ...empty];
  await tx.query({
    name: 'account_scores_end',
    text: `delete from account_scores where account_id = any($1::uuid[])
      and (account_id = any($2::uuid[]) or model <> all($3::text[]))`,
    values: [plainArray(ids), plainArray(empty), models],
  });
  if (empty.length > 0) await tx.query('delete from accounts where id = any($1::uuid[])', [plainArray(empty)]);
};

/** How many of these accounts have a contact. */
export const countWithContacts = async (db: Queryable, ids: readonly string[]): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from unnest($1::uuid[]) as u (id)
     where exists (select from account_members m where m.account_id = u.id)`,
    [plainArray(ids)],
  );
  return rows[0]?.count ?? 0;
};
