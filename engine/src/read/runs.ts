import { runWorkflowId, type runSchema, type runsQuery, type runSummarySchema } from '@ripen/shared';
import type { z } from 'zod';
import { iso, isoDateOrNull, isoOrNull } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { Filters } from './filters.ts';

interface Row {
  id: string;
  contact_id: string;
  automation: string;
  version: number;
  status: z.output<typeof runSummarySchema>['status'];
  node: string | null;
  until: number | null;
  started_at: number;
  updated_at: number;
  error: string | null;
  backfilled: boolean;
}

const columns = 'id, contact_id, automation, version, status, node, until, started_at, updated_at, error, backfilled';

const summary = (row: Row): z.output<typeof runSummarySchema> => ({
  id: row.id,
  contactId: row.contact_id,
  automation: row.automation,
  version: row.version,
  status: row.status,
  node: row.node,
  until: isoOrNull(row.until),
  startedAt: iso(row.started_at),
  updatedAt: iso(row.updated_at),
  error: row.error,
  backfilled: row.backfilled,
});

/** Runs, newest first. */
export const listRuns = async (db: Queryable, query: z.output<typeof runsQuery>) => {
  const filters = new Filters()
    .add('automation = ?', query.automation)
    .add('contact_id = ?', query.contact)
    .add('status = ?', query.status)
    .add('started_at >= ?', query.startedFrom === undefined ? undefined : Date.parse(query.startedFrom))
    .add('started_at < ?', query.startedBefore === undefined ? undefined : Date.parse(query.startedBefore))
    .afterNewest('started_at', 'id', placeOf(query.after, 'number', 'uuid'));
  const { rows } = await db.query<Row>(
    `select ${columns} from runs ${filters.where} order by started_at desc, id limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, summary, (row) => [row.started_at, row.id]);
};

interface Step {
  node: string;
  at: number;
  port: string | null;
  note: string | null;
}

interface Whole extends Row {
  message_id: string | null;
  waiting: unknown;
  trail: Step[];
  has_workflow: boolean;
}

interface DeliveryRow {
  id: string;
  node: string;
  channel: string;
  status: string;
  at: number;
  attempts: number;
  last_error: string | null;
  delivered_at: Date | null;
}

interface AskRow {
  id: string;
  node: string;
  what: string;
  queue: string;
  held: boolean;
  at: number;
  answered_at: Date | null;
}

/** A run with its trail, and what it told and asked. */
export const readRun = async (db: Queryable, id: string): Promise<z.output<typeof runSchema>> => {
  const [runs, deliveries, asks] = await Promise.all([
    db.query<Whole>(`select ${columns}, message_id, waiting, trail, has_workflow from runs where id = $1`, [id]),
    db.query<DeliveryRow>(
      'select id, node, channel, status, at, attempts, last_error, delivered_at from deliveries where run_id = $1 order by at, id',
      [id],
    ),
    db.query<AskRow>(
      'select id, node, what, queue, held, at, answered_at from asks where run_id = $1 order by at, id',
      [id],
    ),
  ]);
  const run = runs.rows[0];
  if (!run) throw new NotFoundError('run', id);
  return {
    ...summary(run),
    messageId: run.message_id,
    waiting: run.waiting,
    trail: run.trail.map((step) => ({ ...step, at: iso(step.at) })),
    deliveries: deliveries.rows.map(({ last_error, delivered_at, at, ...row }) => ({
      ...row,
      at: iso(at),
      lastError: last_error,
      deliveredAt: isoDateOrNull(delivered_at),
    })),
    asks: asks.rows.map(({ answered_at, at, ...row }) => ({
      ...row,
      at: iso(at),
      answeredAt: isoDateOrNull(answered_at),
    })),
    workflowId: run.has_workflow ? runWorkflowId(run.id) : null,
  };
};
