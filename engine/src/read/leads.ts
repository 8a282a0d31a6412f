import type { leadSchema, leadsQuery } from '@ripen/shared';
import type { z } from 'zod';
import { iso, isoDate, isoOrNull } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { Filters } from './filters.ts';

type Lead = z.output<typeof leadSchema>;

interface Row {
  id: string;
  contact_id: string;
  run_id: string;
  queue: string;
  rep: string | null;
  status: Lead['status'];
  decision: unknown;
  why: unknown;
  held: boolean;
  at: number;
  answer_by: number | null;
  reason: string | null;
  value: string | null;
  updated_at: Date;
}

const columns =
  'id, contact_id, run_id, queue, rep, status, decision, why, held, at, answer_by, reason, value, updated_at';

const lead = (row: Row): Lead => ({
  id: row.id,
  contactId: row.contact_id,
  runId: row.run_id,
  queue: row.queue,
  rep: row.rep,
  status: row.status,
  decision: row.decision,
  why: row.why,
  held: row.held,
  at: iso(row.at),
  answerBy: isoOrNull(row.answer_by),
  reason: row.reason,
  // Numerics come as text, so that nothing is lost before it is known to fit.
  value: row.value === null ? null : Number(row.value),
  updatedAt: isoDate(row.updated_at),
});

/** Leads, newest first. */
export const listLeads = async (db: Queryable, query: z.output<typeof leadsQuery>) => {
  const filters = new Filters()
    .add('queue = ?', query.queue)
    .add('status = ?', query.status)
    .add('rep = ?', query.rep)
    .add('contact_id = ?', query.contact)
    .afterNewest('at', 'id', placeOf(query.after, 'number', 'uuid'));
  const { rows } = await db.query<Row>(
    `select ${columns} from leads ${filters.where} order by at desc, id limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, lead, (row) => [row.at, row.id]);
};

export const readLead = async (db: Queryable, id: string): Promise<Lead> => {
  const { rows } = await db.query<Row>(`select ${columns} from leads where id = $1`, [id]);
  const row = rows[0];
  if (!row) throw new NotFoundError('lead', id);
  return lead(row);
};
