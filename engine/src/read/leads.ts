import {
  leadStatuses,
  scoreAt,
  type leadCountsSchema,
  type leadSchema,
  type leadsQuery,
  type leadSummarySchema,
} from '@ripen/shared';
import type { z } from 'zod';
import { shownOf } from '../lanes/cards.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { loadFound, type ContactFound } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { InvalidRequestError } from './invalid-request.ts';
import { linesOf, reasonsOf } from './lead-reasons.ts';
import { iso, isoDate, isoOrNull } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import type { Workspace } from './workspace.ts';

type LeadItem = z.output<typeof leadSummarySchema>;
type LeadsQuery = z.output<typeof leadsQuery>;
type Counts = z.output<typeof leadCountsSchema>;

interface Row {
  id: string;
  contact_id: string;
  run_id: string;
  automation: string | null;
  queue: string;
  rep: string | null;
  status: LeadItem['status'];
  decision: unknown;
  why: unknown;
  score: number;
  held: boolean;
  at: number;
  answer_by: number | null;
  reason: string | null;
  value: string | null;
  by_name: string | null;
  updated_at: Date;
}

const columns = `l.id, l.contact_id, l.run_id, l.queue, l.rep, l.status, l.decision, l.why, l.score, l.held, l.at, l.answer_by,
  l.reason, l.value, l.by_name, l.updated_at`;

const itemsOf = async (db: Queryable, workspace: Workspace, rows: readonly Row[], now: number): Promise<LeadItem[]> => {
  const contacts = await loadFound(db, [...new Set(rows.map((row) => row.contact_id))]);
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  return rows.flatMap((row) => {
    const contact = byId.get(row.contact_id);
    return contact ? [itemOf(workspace, row, contact, now)] : [];
  });
};

const itemOf = (workspace: Workspace, row: Row, contact: ContactFound, now: number): LeadItem => {
  const { names, program } = workspace;
  const { subject } = contact;
  const { name, company } = shownOf(contact);
  const model = program.lifecycle?.model ?? program.models[0]?.id;
  const present = model === undefined ? null : scoreAt(program, subject, model, Math.max(now, subject.clock));
  return {
    id: row.id,
    contactId: row.contact_id,
    contact: {
      id: contact.id,
      name,
      email: contact.email,
      company,
      stage: subject.stage,
      stageName: names.stageOrNull(subject.stage),
      score: present?.shown ? present.score : null,
      lastActivityAt: isoOrNull(subject.lastActivityAt),
    },
    runId: row.run_id,
    automation: row.automation,
    automationName: row.automation === null ? null : names.automation(row.automation),
    queue: row.queue,
    queueName: names.queue(row.queue),
    rep: row.rep,
    repName: names.rep(row.queue, row.rep),
    status: row.status,
    score: row.score,
    reasons: reasonsOf(linesOf(names, row.why)),
    held: row.held,
    at: iso(row.at),
    answerBy: isoOrNull(row.answer_by),
    reason: row.reason,
    // Numerics come as text, so that nothing is lost before it is known to fit.
    value: row.value === null ? null : Number(row.value),
    answeredBy: row.by_name,
    updatedAt: isoDate(row.updated_at),
  };
};

type Seller = Counts['reps'][number];

/** Which reps a person is: those of the queues in force that have this e-mail address. */
export const repsOf = ({ definitions }: Workspace, email: string | null): Seller[] => {
  const wanted = email?.trim().toLowerCase();
  if (!wanted) return [];
  return definitions.queues.flatMap((queue) =>
    queue.reps
      .filter((rep) => rep.email?.toLowerCase() === wanted)
      .map((rep) => ({ queue: queue.id, queueName: queue.name, rep: rep.id, repName: rep.name })),
  );
};

interface LeadFilters {
  queue?: string | undefined;
  rep?: string | undefined;
  mine: 'true' | 'false';
}

/** Null where nothing can fit: somebody who is no rep has no leads. Throws InvalidRequestError for keys. */
const filtersOf = (workspace: Workspace, query: LeadFilters, email: string | null): Filters | null => {
  const filters = new Filters().add('l.queue = ?', query.queue).add('l.rep = ?', query.rep);
  if (query.mine === 'false') return filters;
  if (email === null)
    throw new InvalidRequestError('invalid_request', '"mine" is for people who are signed in; a key has no leads.');
  const reps = repsOf(workspace, email);
  if (reps.length === 0) return null;
  // The plain list first, for the index; the pairs, because ids of reps are their queue's own.
  const pairs = reps.map(({ queue, rep }) => `(${filters.parameter(queue)}, ${filters.parameter(rep)})`);
  const ids = [...new Set(reps.map(({ rep }) => rep))].map((rep) => filters.parameter(rep));
  return filters.also(`l.rep in (${ids.join(', ')})`).also(`(l.queue, l.rep) in (${pairs.join(', ')})`);
};

export interface LeadsRequest {
  query: LeadsQuery;
  /** Of the person who asks; null for keys. */
  email: string | null;
  now: number;
}

/** Leads, newest or hottest first. */
export const listLeads = async (db: Queryable, workspace: Workspace, { query, email, now }: LeadsRequest) => {
  const filters = filtersOf(workspace, query, email);
  if (filters === null) return { items: [], next: null };
  filters.add('l.status = ?', query.status).add('l.contact_id = ?', query.contact);
  const hottest = query.sort === 'hottest';
  if (hottest) afterHottest(filters, query.after);
  else filters.afterNewest('l.at', 'l.id', placeOf(query.after, 'number', 'uuid'));
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `select l.*, r.automation from (
       select ${columns} from leads l ${filters.where}
       order by ${hottest ? 'l.score desc, l.at, l.id' : 'l.at desc, l.id'} limit ${filters.parameter(query.limit + 1)}
     ) l left join runs r on r.id = l.run_id order by ${hottest ? 'l.score desc, l.at, l.id' : 'l.at desc, l.id'}`,
    filters.values,
  );
  const page = pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => (hottest ? [String(row.score), row.at, row.id] : [row.at, row.id]),
  );
  return { items: await itemsOf(db, workspace, page.items, now), next: page.next };
};

/** After a place in the order of the highest score, then of those who wait longest. */
const afterHottest = (filters: Filters, after: string | undefined): void => {
  const place = placeOf(after, 'text', 'number', 'uuid');
  if (!place) return;
  const [score, at, id] = place;
  // Scores have fractions, so they travel as text.
  if (!Number.isFinite(Number(score)))
    throw new InvalidRequestError('invalid_cursor', '"after" must be the `next` of the page before.');
  const hot = `${filters.parameter(score)}::float8`;
  const since = `${filters.parameter(at)}::bigint`;
  filters.also(
    `l.score <= ${hot} and (l.score < ${hot} or l.at > ${since} or (l.at = ${since} and l.id > ${filters.parameter(id)}))`,
  );
};

/** How many leads of each status there are, and how many open ones are late. */
export const countLeads = async (
  db: Queryable,
  workspace: Workspace,
  { query, email, now }: { query: LeadFilters; email: string | null; now: number },
): Promise<Counts> => {
  const filters = filtersOf(workspace, query, email);
  const counts = { open: 0, accepted: 0, rejected: 0, won: 0, lost: 0, withdrawn: 0 };
  let late = 0;
  if (filters) {
    const { rows } = await db.query<{ status: LeadItem['status']; n: number; late: number }>(
      `select l.status, count(*)::int as n,
         (count(*) filter (where l.status = 'open' and l.answer_by <= ${filters.parameter(now)}))::int as late
       from leads l ${filters.where} group by l.status`,
      filters.values,
    );
    for (const row of rows) {
      if (leadStatuses.includes(row.status)) counts[row.status] = row.n;
      late += row.late;
    }
  }
  return { counts, late, reps: repsOf(workspace, email) };
};

/** A lead with its routing decision. Throws NotFoundError. */
export const readLead = async (
  db: Queryable,
  workspace: Workspace,
  id: string,
  now: number,
): Promise<z.output<typeof leadSchema>> => {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `select ${columns}, r.automation from leads l left join runs r on r.id = l.run_id where l.id = $1`,
    [id],
  );
  const row = rows[0];
  const [item] = row ? await itemsOf(db, workspace, [row], now) : [];
  if (!row || !item) throw new NotFoundError('lead', id);
  return { ...item, lines: linesOf(workspace.names, row.why), decision: row.decision, why: row.why };
};
