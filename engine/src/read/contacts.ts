import {
  scoreAt,
  type contactSchema,
  type contactsQuery,
  type contactSummarySchema,
  type Program,
  type Subject,
} from '@ripen/shared';
import type { z } from 'zod';
import { isoDate, isoOrNull } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import { subjectOf } from '../store/contacts.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { Filters } from './filters.ts';

interface Row {
  id: string;
  user_id: string | null;
  email: string | null;
  created_at: Date;
  held_by: string | null;
  merged_into: string | null;
  state: Subject | Record<string, never>;
}

const columns = 'id, user_id, email, created_at, held_by, merged_into, state';

const summary = (row: Row): z.output<typeof contactSummarySchema> => {
  const subject = subjectOf(row.id, row.state);
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    stage: subject.stage,
    lastActivityAt: isoOrNull(subject.lastActivityAt),
    createdAt: isoDate(row.created_at),
  };
};

/** Contacts in the order of their ids, which says nothing but never changes. */
export const listContacts = async (db: Queryable, query: z.output<typeof contactsQuery>) => {
  const filters = new Filters()
    .add('id > ?', placeOf(query.after, 'uuid')?.[0])
    .add('stage = ?', query.stage)
    .add('(merged_into is null) = ?', true);
  const { rows } = await db.query<Row>(
    `select ${columns} from contacts ${filters.where} order by id limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, summary, (row) => [row.id]);
};

/** A contact's row and state; those absorbed lead to who they turned out to be. Throws NotFoundError. */
export const readContactRow = async (db: Queryable, id: string): Promise<{ row: Row; subject: Subject }> => {
  const { rows } = await db.query<Row>(
    `with recursive chain (id, step) as (
       select $1::uuid, 0 union all
       select c.merged_into, step + 1 from chain join contacts c on c.id = chain.id where c.merged_into is not null and step < 50
     )
     select ${columns} from contacts where id = (select id from chain order by step desc limit 1)`,
    [id],
  );
  const row = rows[0];
  if (!row) throw new NotFoundError('contact', id);
  return { row, subject: subjectOf(row.id, row.state) };
};

/** The contact that an identity leads to. Throws NotFoundError. */
export const contactOfIdentity = async (
  db: Queryable,
  kind: 'user' | 'email' | 'anonymous',
  value: string,
): Promise<string> => {
  const { rows } = await db.query<{ contact_id: string }>(
    'select contact_id from identities where kind = $1 and value = $2',
    [kind, value],
  );
  const found = rows[0];
  if (!found) throw new NotFoundError(`contact with this ${kind} identity`, value);
  return found.contact_id;
};

export const scoresOf = (program: Program, subject: Subject, at: number) =>
  program.models.map((model) => ({
    model: model.id,
    name: model.name,
    ...scoreAt(program, subject, model.id, Math.max(at, subject.clock)),
  }));

/** A contact as of `at`: everything due by then that its lane has not applied yet shows in scores, not in its stage. */
export const readContact = async (
  db: Queryable,
  program: Program,
  id: string,
  at: number,
): Promise<z.output<typeof contactSchema>> => {
  const { row, subject } = await readContactRow(db, id);
  const { rows: identities } = await db.query<{ kind: 'user' | 'email' | 'anonymous'; value: string }>(
    'select kind, value from identities where contact_id = $1 order by kind, value limit 1000',
    [row.id],
  );
  return {
    ...summary(row),
    fields: subject.fields,
    labels: subject.labels,
    stageSince: isoOrNull(subject.stageSince),
    identities,
    scores: scoresOf(program, subject, at),
    openLead: subject.openLead,
    nextDueAt: isoOrNull(subject.nextDueAt),
    generation: subject.generation,
    heldBy: row.held_by,
  };
};
