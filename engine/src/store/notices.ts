import { mostUnread } from '@ripen/shared';
import { announce } from './announce.ts';
import { plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** What people are told, once for each of them. */
export interface NewNotice {
  /** Told again, it is the same notice. */
  deliveryId: string;
  contactId: string;
  leadId: string | null;
  automation: string;
  subject: string;
  body: string;
  /** When its run said it, ms. */
  at: number;
}

/** Who was told already is not told again, read or not. */
export const insertNotices = async (db: Queryable, people: readonly string[], notice: NewNotice): Promise<void> => {
  const { deliveryId, contactId, leadId, automation, subject, body, at } = notice;
  await db.query(
    `insert into notices (person_id, delivery_id, contact_id, lead_id, automation, subject, body, at)
     select p.id, $2, $3, $4, $5, $6, $7, $8 from people p where p.id = any($1::uuid[]) on conflict do nothing`,
    [plainArray(people), deliveryId, contactId, leadId, automation, subject, body, at],
  );
  await announce(db, { notices: people });
};

/** How many a person has not read, at most `mostUnread`. */
export const countUnread = async (db: Queryable, person: string): Promise<number> => {
  const { rows } = await db.query<{ unread: number }>(
    `select count(*)::int as unread
     from (select 1 from notices where person_id = $1 and read_at is null limit $2) as found`,
    [person, mostUnread],
  );
  return rows[0]?.unread ?? 0;
};

/** Marks notices of a person as read; `ids` null: all of them. Those of others are left alone. */
export const markRead = async (db: Queryable, person: string, ids: readonly string[] | null): Promise<void> => {
  const { rowCount } = await db.query(
    `update notices set read_at = now()
     where person_id = $1 and read_at is null and ($2::uuid[] is null or delivery_id = any($2::uuid[]))`,
    [person, ids && plainArray(ids)],
  );
  if (rowCount) await announce(db, { notices: [person] });
};

/** Nobody reads on: older ones, and all but so many of a person, go. */
const keptDays = 90;
const keptOfPerson = 1_000;

/** Removes what is no longer kept. Returns the number of notices removed. */
export const removeOldNotices = async (db: Queryable, now: number): Promise<number> => {
  const old = await db.query('delete from notices where at < $1', [now - keptDays * 86_400_000]);
  const many = await db.query(
    `delete from notices n using people p
     where n.person_id = p.id and (n.at, n.delivery_id) < (
       select k.at, k.delivery_id from notices k where k.person_id = p.id
       order by k.at desc, k.delivery_id desc offset $1 limit 1)`,
    [keptOfPerson - 1],
  );
  return (old.rowCount ?? 0) + (many.rowCount ?? 0);
};
