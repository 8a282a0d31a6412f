import type {
  deadLetterSchema,
  deadLettersQuery,
  deliveriesQuery,
  deliverySchema,
  jobSchema,
  jobsQuery,
} from '@ripen/shared';
import type { z } from 'zod';
import { iso, isoDate, isoDateOrNull } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import type { Queryable } from '../store/store.ts';
import { Filters } from './filters.ts';

interface LetterRow {
  id: number;
  contact_id: string;
  message_id: string | null;
  received_at: number;
  error: string;
  body: unknown;
  created_at: Date;
  retried_at: Date | null;
}

const letter = (row: LetterRow): z.output<typeof deadLetterSchema> => ({
  id: String(row.id),
  contactId: row.contact_id,
  messageId: row.message_id,
  receivedAt: iso(row.received_at),
  error: row.error,
  body: row.body,
  createdAt: isoDate(row.created_at),
  retriedAt: isoDateOrNull(row.retried_at),
});

/** What could not be applied, newest first. */
export const listDeadLetters = async (db: Queryable, query: z.output<typeof deadLettersQuery>) => {
  const place = placeOf(query.after, 'number');
  const filters = new Filters().add('(retried_at is not null) = ?', query.retried === 'true').add('id < ?', place?.[0]);
  const { rows } = await db.query<LetterRow>(
    `select id, contact_id, message_id, received_at, error, body, created_at, retried_at
     from dead_letters ${filters.where} order by id desc limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, letter, (row) => [row.id]);
};

interface DeliveryRow {
  id: string;
  run_id: string;
  contact_id: string;
  node: string;
  channel: string;
  status: z.output<typeof deliverySchema>['status'];
  at: number;
  attempts: number;
  last_error: string | null;
  delivered_at: Date | null;
  payload: unknown;
}

const delivery = (row: DeliveryRow): z.output<typeof deliverySchema> => ({
  id: row.id,
  runId: row.run_id,
  contactId: row.contact_id,
  node: row.node,
  channel: row.channel,
  status: row.status,
  at: iso(row.at),
  attempts: row.attempts,
  lastError: row.last_error,
  deliveredAt: isoDateOrNull(row.delivered_at),
  payload: row.payload,
});

/** What was, is or was not told to the outside, newest first. */
export const listDeliveries = async (db: Queryable, query: z.output<typeof deliveriesQuery>) => {
  const filters = new Filters()
    .add('status = ?', query.status)
    .afterNewest('at', 'id', placeOf(query.after, 'number', 'uuid'));
  const { rows } = await db.query<DeliveryRow>(
    `select id, run_id, contact_id, node, channel, status, at, attempts, last_error, delivered_at, payload
     from deliveries ${filters.where} order by at desc, id limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, delivery, (row) => [row.at, row.id]);
};

interface JobRow {
  id: string;
  kind: string;
  status: z.output<typeof jobSchema>['status'];
  done: number;
  total: number | null;
  error: string | null;
  created_at: Date;
  updated_at: Date;
  /** Microseconds, which a Date cannot hold. */
  place: number;
}

const jobColumns = `id, kind, status, done, total, error, created_at, updated_at, (extract(epoch from created_at) * 1000000)::bigint as place`;

const job = (row: JobRow): z.output<typeof jobSchema> => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  done: row.done,
  total: row.total,
  error: row.error,
  createdAt: isoDate(row.created_at),
  updatedAt: isoDate(row.updated_at),
});

/** Long work, newest first. */
export const listJobs = async (db: Queryable, query: z.output<typeof jobsQuery>) => {
  const filters = new Filters().afterNewest(
    '(extract(epoch from created_at) * 1000000)::bigint',
    'id',
    placeOf(query.after, 'number', 'uuid'),
  );
  const { rows } = await db.query<JobRow>(
    `select ${jobColumns} from jobs ${filters.where} order by created_at desc, id limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, job, (row) => [row.place, row.id]);
};

export const readJob = async (db: Queryable, id: string): Promise<z.output<typeof jobSchema> | null> => {
  const { rows } = await db.query<JobRow>(`select ${jobColumns} from jobs where id = $1`, [id]);
  return rows[0] ? job(rows[0]) : null;
};

/** The last job of a kind; null when there was none. `ofAll`: of those that are about every contact. */
export const latestJob = async (
  db: Queryable,
  kind: string,
  { ofAll }: { ofAll: boolean },
): Promise<z.output<typeof jobSchema> | null> => {
  const { rows } = await db.query<JobRow>(
    `select ${jobColumns} from jobs where kind = $1 and (not $2 or input->'contacts' = 'null'::jsonb)
     order by created_at desc, id limit 1`,
    [kind, ofAll],
  );
  return rows[0] ? job(rows[0]) : null;
};

/** The last back-test of an automation. */
export const latestBackTest = async (db: Queryable, automation: string): Promise<z.output<typeof jobSchema> | null> => {
  const { rows } = await db.query<JobRow>(
    `select ${jobColumns} from jobs where kind = 'backtest' and input->>'automation' = $1 order by created_at desc, id limit 1`,
    [automation],
  );
  return rows[0] ? job(rows[0]) : null;
};

/** Null when there is no such delivery. */
export const readDeliveryStatus = async (db: Queryable, id: string): Promise<string | null> => {
  const { rows } = await db.query<{ status: string }>('select status from deliveries where id = $1', [id]);
  return rows[0]?.status ?? null;
};
