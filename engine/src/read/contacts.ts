import type { contactSchema } from '@ripen/shared';
import type { z } from 'zod';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { accountOfContact } from './accounts.ts';
import { contactItem, loadFound, type ContactFound } from './contact-rows.ts';
import { iso, isoOrNull } from './moments.ts';
import type { Names } from './names.ts';
import type { Workspace } from './workspace.ts';

type Contact = z.output<typeof contactSchema>;

/** A contact; those absorbed lead to who they turned out to be. Throws NotFoundError. */
export const findContact = async (db: Queryable, id: string): Promise<ContactFound> => {
  const { rows } = await db.query<{ id: string }>(
    `with recursive chain (id, step) as (
       select $1::uuid, 0 union all
       select c.merged_into, step + 1 from chain join contacts c on c.id = chain.id where c.merged_into is not null and step < 50
     )
     select id from chain order by step desc limit 1`,
    [id],
  );
  const [contact] = await loadFound(db, [rows[0]?.id ?? id]);
  if (!contact) throw new NotFoundError('contact', id);
  return contact;
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

interface LeadRow {
  id: string;
  status: 'open' | 'accepted';
  queue: string;
  rep: string | null;
  at: number;
  answer_by: number | null;
}

const readOpenLead = async (db: Queryable, names: Names, id: string | null): Promise<Contact['lead']> => {
  if (id === null) return null;
  const { rows } = await db.query<LeadRow>(
    `select id, status, queue, rep, at, answer_by from leads where id = $1 and status in ('open', 'accepted')`,
    [id],
  );
  const row = rows[0];
  if (!row) return null;
  const { status, queue, rep, at, answer_by } = row;
  return {
    id,
    status,
    queue,
    queueName: names.queue(queue),
    rep,
    repName: names.rep(queue, rep),
    at: iso(at),
    answerBy: isoOrNull(answer_by),
  };
};

/** A contact as of `at`: everything due by then that its lane has not applied yet shows in scores, not in its stage. */
export const readContact = async (db: Queryable, workspace: Workspace, id: string, at: number): Promise<Contact> => {
  const contact = await findContact(db, id);
  const [identities, lead, account] = await Promise.all([
    db.query<{ kind: 'user' | 'email' | 'anonymous'; value: string }>(
      'select kind, value from identities where contact_id = $1 order by kind, value limit 1000',
      [contact.id],
    ),
    readOpenLead(db, workspace.names, contact.openLead),
    accountOfContact(db, contact.id),
  ]);
  const { subject } = contact;
  return {
    ...contactItem(workspace, contact, at),
    fields: subject.fields,
    account,
    stageSince: isoOrNull(subject.stageSince),
    identities: identities.rows,
    lead,
    waitingRuns: subject.runs.length,
    nextDueAt: isoOrNull(subject.nextDueAt),
    generation: subject.generation,
    heldBy: contact.heldBy,
  };
};
