import { newSubject, type Subject } from '@ripen/shared';
import { bulk, plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** A contact as a lane works on it. */
export interface ContactRow {
  id: string;
  slot: number;
  subject: Subject;
  userId: string | null;
  email: string | null;
  /** Checksum of what lists show of it, as written; null when nothing is. */
  card: number | null;
  /** Open historical load that holds its dues. */
  heldBy: string | null;
  mergedInto: string | null;
  /** Its lane has taken note of the merge: nothing is applied to it any more. */
  absorbed: boolean;
  /** The lower bound of its next due moment that is written down, ms. */
  dueAt: number | null;
}

interface LoadedRow {
  id: string;
  slot: number;
  state: Subject | Record<string, never>;
  user_id: string | null;
  email: string | null;
  card: number | null;
  held_by: string | null;
  merged_into: string | null;
  absorbed: boolean;
  due_at: number | null;
}

/** The state column as a subject: `{}` stands for a contact nothing was applied to yet. */
export const subjectOf = (id: string, state: Subject | Record<string, never>): Subject =>
  // Written by `updateStates` only, whose states have an id.
  'id' in state ? (state as Subject) : newSubject(id);

/** Contacts by id; unknown ids are absent. */
export const loadContacts = async (db: Queryable, ids: readonly string[]): Promise<Map<string, ContactRow>> => {
  const contacts = new Map<string, ContactRow>();
  if (ids.length === 0) return contacts;
  const { rows } = await db.query<LoadedRow>({
    name: 'contacts_load',
    text: `select c.id, c.slot, c.state, c.user_id, c.email, c.card, c.held_by, c.merged_into, c.absorbed, d.due_at
      from unnest($1::uuid[]) as u(id) join contacts c on c.id = u.id left join dues d on d.contact_id = c.id`,
    values: [plainArray(ids)],
  });
  for (const row of rows) {
    contacts.set(row.id, {
      id: row.id,
      slot: row.slot,
      subject: subjectOf(row.id, row.state),
      userId: row.user_id,
      email: row.email,
      card: row.card,
      heldBy: row.held_by,
      mergedInto: row.merged_into,
      absorbed: row.absorbed,
      dueAt: row.due_at,
    });
  }
  return contacts;
};

type Written = Pick<ContactRow, 'subject' | 'card'>;

const states = bulk<Written>(
  'contacts_update',
  {
    id: { type: 'uuid', of: ({ subject }) => subject.id },
    stage: { type: 'text', of: ({ subject }) => subject.stage },
    card: { type: 'integer', of: ({ card }) => card },
    state: { type: 'json', of: ({ subject }) => subject },
  },
  'update contacts c set state = r.state, stage = r.stage, card = r.card from :rows where c.id = r.id',
);

/** Writes states. Give them in the order of their ids, so that two writers never wait for each other in a circle. */
export const updateStates = async (tx: Queryable, contacts: readonly Written[]): Promise<void> => {
  if (contacts.length > 0) await states.run(tx, contacts);
};

/** Marks a contact whose merge its lane has seen; false when that was done before. */
export const markAbsorbed = async (tx: Queryable, id: string, into: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    'update contacts set absorbed = true, merged_into = coalesce(merged_into, $2) where id = $1 and not absorbed',
    [id, into],
  );
  return rowCount === 1;
};

/** Since which revision's models count for earlier arrivals, by contact: 0 where each counts under its own. */
export const readModelsFrom = async (db: Queryable, ids: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ id: string; from: number }>({
    name: 'contacts_models_from',
    text: 'select id, models_from as "from" from contacts where id = any($1::uuid[])',
    values: [plainArray(ids)],
  });
  return new Map(rows.map(({ id, from }) => [id, from]));
};

/** It only grows. */
export const writeModelsFrom = async (tx: Queryable, ids: readonly string[], revision: number): Promise<void> => {
  await tx.query({
    name: 'contacts_set_models_from',
    text: 'update contacts set models_from = $2 where id = any($1::uuid[]) and models_from < $2',
    values: [plainArray(ids), revision],
  });
};
