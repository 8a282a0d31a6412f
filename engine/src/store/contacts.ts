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

const stateColumns = {
  id: { type: 'uuid', of: ({ subject }: Written) => subject.id },
  stage: { type: 'text', of: ({ subject }: Written) => subject.stage },
  card: { type: 'integer', of: ({ card }: Written) => card },
  state: { type: 'json', of: ({ subject }: Written) => subject },
} as const;

const states = bulk<Written>(
  'contacts_update',
  stateColumns,
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

const rebuiltStates = bulk<Written & { modelsFrom: number }>(
  'contacts_rebuilt',
  { ...stateColumns, models_from: { type: 'bigint', of: ({ modelsFrom }) => modelsFrom } },
  `update contacts c set state = r.state, stage = r.stage, card = r.card, models_from = greatest(c.models_from, r.models_from)
   from :rows where c.id = r.id`,
);

/** The same for contacts that were replayed with the models of a revision. Give them in the order of their ids, too. */
export const updateRebuilt = async (
  tx: Queryable,
  contacts: readonly (Written & { modelsFrom: number })[],
): Promise<void> => {
  if (contacts.length > 0) await rebuiltStates.run(tx, contacts);
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

/** What a rebuild has to know of a contact beside its arrivals. */
export interface Standing {
  /** Since which revision's models count for earlier arrivals; 0: each counts under its own. */
  modelsFrom: number;
  /** The lead that sales has open. */
  openLead: string | null;
  /** Its place in the lists by score; null when there is none. */
  place: { stage: string; heat: number } | null;
}

export const readStandings = async (db: Queryable, ids: readonly string[]): Promise<Map<string, Standing>> => {
  const { rows } = await db.query<{
    id: string;
    models_from: number;
    lead: string | null;
    stage: string | null;
    heat: number | null;
  }>({
    name: 'contacts_standings',
    text: `select c.id, c.models_from, l.id as lead, h.stage, h.heat from unnest($1::uuid[]) as u(id) join contacts c on c.id = u.id
      left join leads l on l.contact_id = c.id and l.status in ('open', 'accepted')
      left join contact_heat h on h.contact_id = c.id`,
    values: [plainArray(ids)],
  });
  return new Map(
    rows.map(({ id, models_from: modelsFrom, lead: openLead, stage, heat }) => {
      const place = stage === null || heat === null ? null : { stage, heat };
      return [id, { modelsFrom, openLead, place }];
    }),
  );
};

/** Those whose history is being loaded: what they are told now would carry their clocks past the rest of it. */
export const heldAmong = async (db: Queryable, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ id: string }>(
    'select id from contacts where id = any($1::uuid[]) and held_by is not null',
    [plainArray(ids)],
  );
  return new Set(rows.map(({ id }) => id));
};
