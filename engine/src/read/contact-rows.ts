import { scoreAt, type contactSummarySchema, type Subject } from '@ripen/shared';
import type { z } from 'zod';
import { anonymousName, shownOf } from '../lanes/cards.ts';
import { plainArray } from '../store/bulk.ts';
import { subjectOf } from '../store/contacts.ts';
import type { Queryable } from '../store/store.ts';
import { isoDate, isoOrNull } from './moments.ts';
import type { Workspace } from './workspace.ts';

export type ContactItem = z.output<typeof contactSummarySchema>;

/** A contact as it is read for people. */
export interface ContactFound {
  id: string;
  userId: string | null;
  email: string | null;
  subject: Subject;
  createdAt: Date;
  heldBy: string | null;
  openLead: string | null;
  lastEventAt: number | null;
  /** Changes whenever the row does. */
  rowVersion: string;
}

interface Row {
  id: string;
  user_id: string | null;
  email: string | null;
  created_at: Date;
  held_by: string | null;
  state: Subject | Record<string, never>;
  open_lead: string | null;
  last_event_at: number | null;
  row_version: string;
}

// The product's own events (answers, what sales did) are nothing that the contact did.
const columns = `c.id, c.user_id, c.email, c.created_at, c.held_by, c.state, c.xmin::text as row_version,
  (select l.id from leads l where l.contact_id = c.id and l.status in ('open', 'accepted')) as open_lead,
  (select e.occurred_at from events e where e.contact_id = c.id and e.type not like 'ripen.%' order by e.seq desc limit 1)
    as last_event_at`;

const found = (row: Row): ContactFound => ({
  id: row.id,
  userId: row.user_id,
  email: row.email,
  subject: subjectOf(row.id, row.state),
  createdAt: row.created_at,
  heldBy: row.held_by,
  openLead: row.open_lead,
  lastEventAt: row.last_event_at,
  rowVersion: row.row_version,
});

/** Contacts in the order of the ids given; those that are not there are left out. */
export const loadFound = async (db: Queryable, ids: readonly string[]): Promise<ContactFound[]> => {
  if (ids.length === 0) return [];
  const { rows } = await db.query<Row>(
    `select ${columns} from unnest($1::uuid[]) with ordinality as u (id, n) join contacts c on c.id = u.id order by u.n`,
    [plainArray(ids)],
  );
  return rows.map(found);
};

/** Scores of all live models at a moment, the lifecycle's first. */
export const scoresOf = ({ program }: Pick<Workspace, 'program'>, subject: Subject, at: number) => {
  const first = program.lifecycle?.model;
  const models = [...program.models].sort((a, b) => Number(b.id === first) - Number(a.id === first));
  return models.map((model) => ({
    model: model.id,
    name: model.name,
    ...scoreAt(program, subject, model.id, Math.max(at, subject.clock)),
  }));
};

/** A contact as lists show it, with scores as of `at`. */
export const contactItem = (workspace: Workspace, contact: ContactFound, at: number): ContactItem => {
  const { subject } = contact;
  const { name, company } = shownOf(contact);
  return {
    id: contact.id,
    name,
    email: contact.email,
    company,
    userId: contact.userId,
    stage: subject.stage,
    stageName: workspace.names.stageOrNull(subject.stage),
    scores: scoresOf(workspace, subject, at),
    labels: subject.labels,
    openLead: contact.openLead,
    lastActivityAt: isoOrNull(subject.lastActivityAt),
    lastEventAt: isoOrNull(contact.lastEventAt),
    createdAt: isoDate(contact.createdAt),
  };
};

/** How rows of other lists name a contact: `card.*` of a left join on contact_cards. */
export const cardColumns = 'card.name as contact_name, card.email as contact_email, card.company as contact_company';

export interface CardColumns {
  contact_id: string;
  contact_name: string | null;
  contact_email: string | null;
  contact_company: string | null;
}

export const contactRef = (row: CardColumns) => ({
  id: row.contact_id,
  name: row.contact_name ?? anonymousName(row.contact_id),
  email: row.contact_email,
  company: row.contact_company,
});
