import type { runPageSchema, runsQuery, runSummarySchema, Total } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';
import { cardColumns, contactRef, type CardColumns } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { InvalidRequestError } from './invalid-request.ts';
import { iso, isoOrNull } from './moments.ts';
import type { Names } from './names.ts';
import { pageOf, placeOf } from './page.ts';
import { countRows } from './total.ts';

export type RunItem = z.output<typeof runSummarySchema>;
type RunsQuery = z.output<typeof runsQuery>;

export interface RunRow extends CardColumns {
  id: string;
  automation: string;
  version: number;
  status: RunItem['status'];
  node: string | null;
  until: number | null;
  started_at: number;
  updated_at: number;
  error: string | null;
  backfilled: boolean;
}

export const runColumns =
  'r.id, r.contact_id, r.automation, r.version, r.status, r.node, r.until, r.started_at, r.updated_at, r.error, r.backfilled';

export const runItem = (names: Names, row: RunRow): RunItem => ({
  id: row.id,
  contactId: row.contact_id,
  contact: contactRef(row),
  automation: row.automation,
  automationName: names.automation(row.automation),
  version: row.version,
  status: row.status,
  node: row.node,
  nodeTitle: names.node(row.automation, row.version, row.node)?.title ?? null,
  until: isoOrNull(row.until),
  startedAt: iso(row.started_at),
  updatedAt: iso(row.updated_at),
  error: row.error,
  backfilled: row.backfilled,
});

const statuses = ['waiting', 'completed', 'failed', 'cancelled'] as const;

/** Between which moments runs of a version started; null where there are none. */
const timeOfVersion = async (db: Queryable, { automation, version }: RunsQuery) => {
  const { rows } = await db.query<{ first: number | null; last: number | null }>(
    'select min(first_at) as first, max(last_at) as last from run_totals where automation = $1 and version = $2',
    [automation, version],
  );
  const { first = null, last = null } = rows[0] ?? {};
  return first === null || last === null ? null : { first, last };
};

const filtersOf = (query: RunsQuery, span: { first: number; last: number } | null): Filters =>
  new Filters()
    .add('r.automation = ?', query.automation)
    .add('r.version = ?', query.version)
    // A version's runs lie in a stretch of time: those of later versions are not walked through.
    .add('r.started_at <= ?', span?.last)
    .add('r.started_at >= ?', span?.first)
    .add('r.node = ?', query.node)
    .add('r.contact_id = ?', query.contact)
    .add('r.started_at >= ?', query.startedFrom === undefined ? undefined : Date.parse(query.startedFrom))
    .add('r.started_at < ?', query.startedBefore === undefined ? undefined : Date.parse(query.startedBefore));

/** Runs, newest first. Whatever their number, a page is a range of one index, or the newest of a range per status. */
export const listRuns = async (
  db: Queryable,
  names: Names,
  query: RunsQuery,
): Promise<z.output<typeof runPageSchema>> => {
  if (query.automation === undefined && (query.version !== undefined || query.node !== undefined))
    throw new InvalidRequestError('invalid_request', '"version" and "node" are those of an automation: name it too.');
  const span = query.version === undefined ? null : await timeOfVersion(db, query);
  if (query.version !== undefined && span === null) return { items: [], next: null, total: { count: 0, exact: true } };
  const place = placeOf(query.after, 'number', 'uuid');
  const filters = filtersOf(query, span);
  const total = place ? null : await countRuns(db, query, filters);
  filters.afterNewest('r.started_at', 'r.id', place);
  const limit = filters.parameter(query.limit + 1);
  const range = (status: string | undefined): string =>
    `(select ${runColumns} from runs r ${filters.whereAnd(status && `r.status = '${status}'`)}
      order by r.started_at desc, r.id limit ${limit})`;
  // Few runs have one contact: their own index needs no status.
  const ranges =
    query.status === undefined && query.contact === undefined ? statuses.map(range) : [range(query.status)];
  const { rows } = await db.query<RunRow & Record<string, unknown>>(
    `with page as materialized (select * from (${ranges.join(' union all ')}) r order by started_at desc, id limit ${limit})
     select r.*, ${cardColumns} from page r left join contact_cards card using (contact_id) order by r.started_at desc, r.id`,
    filters.values,
  );
  const page = pageOf(
    rows,
    query.limit,
    (row) => runItem(names, row),
    (row) => [row.started_at, row.id],
  );
  return { ...page, total };
};

/** Counters know how many there are, unless it is asked for less than a version's runs of one status. */
const countRuns = async (db: Queryable, query: RunsQuery, filters: Filters): Promise<Total> => {
  const { contact, node, startedFrom, startedBefore, status, automation, version } = query;
  if ([contact, node, startedFrom, startedBefore].some((filter) => filter !== undefined)) {
    const where = filters.whereAnd(status && `r.status = '${status}'`);
    return countRows(db, { sql: `select 1 from runs r ${where}`, values: filters.values });
  }
  const counted = new Filters().add('automation = ?', automation).add('version = ?', version);
  const column =
    status === undefined ? 'entered' : status === 'waiting' ? 'entered - completed - failed - cancelled' : status;
  const { rows } = await db.query<{ n: number }>(
    `select coalesce(sum(${column}), 0)::bigint as n from run_totals ${counted.where}`,
    counted.values,
  );
  return { count: rows[0]?.n ?? 0, exact: true };
};
