import type { runPageSchema, runsQuery, Total } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';
import { cardColumns } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { InvalidRequestError } from './invalid-request.ts';
import type { Names } from './names.ts';
import { pageOf, placeOf } from './page.ts';
import { newestOf, runColumns, runItem, type RunRow } from './run-rows.ts';
import { countRows } from './total.ts';
import { listWalked, needsWalk } from './walked-runs.ts';

type RunsQuery = z.output<typeof runsQuery>;

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
    .add('r.started_at >= ?', momentOf(query.startedFrom))
    .add('r.started_at < ?', momentOf(query.startedBefore));

const momentOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

/** Runs, newest first. Whatever their number, a page is a range of one index, or the newest of a range per status. */
export const listRuns = async (
  db: Queryable,
  names: Names,
  query: RunsQuery,
): Promise<z.output<typeof runPageSchema>> => {
  mustNameAll(query);
  const span = query.version === undefined ? null : await timeOfVersion(db, query);
  if (query.version !== undefined && span === null) return { items: [], next: null, total: { count: 0, exact: true } };
  const place = placeOf(query.after, 'number', 'uuid');
  const filters = filtersOf(query, span);
  if (needsWalk(query)) return listWalked(db, names, query, filters, place);
  const total = place ? null : await countRuns(db, query, filters);
  filters.afterNewest('r.started_at', 'r.id', place);
  const limit = filters.parameter(query.limit + 1);
  const { rows } = await db.query<RunRow & Record<string, unknown>>(
    `with page as materialized (${newestOf(query, filters, runColumns, limit)})
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

const mustNameAll = ({ automation, version, node, passed, passing, port, passedFrom }: RunsQuery): void => {
  if (automation === undefined && (version !== undefined || node !== undefined || passed !== undefined))
    throw new InvalidRequestError(
      'invalid_request',
      '"version", "node" and "passed" are those of an automation: name it too.',
    );
  if (passed === undefined && (port !== undefined || passedFrom !== undefined || passing !== 'came'))
    throw new InvalidRequestError(
      'invalid_request',
      '"passing", "port" and "passedFrom" are about a step: name it as "passed".',
    );
  if (port !== undefined && passing !== 'came')
    throw new InvalidRequestError(
      'invalid_request',
      'Say either "passing" or "port": who left by an output is through.',
    );
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
