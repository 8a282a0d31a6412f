import type { runPageSchema, runsQuery } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';
import { cardColumns } from './contact-rows.ts';
import type { Filters } from './filters.ts';
import type { Names } from './names.ts';
import { cursorOf } from './page.ts';
import { newestOf, runColumns, runItem, type RunRow } from './run-rows.ts';

type RunsQuery = z.output<typeof runsQuery>;

/** Trails that one page reads: first a few, for most steps are passed by many; at most some tenths of a second's worth. */
const walks = [1_000, 20_000] as const;

/** Whether it is asked for what no index knows: what trails say, and when runs last went on. */
export const needsWalk = ({ passed, changedFrom }: RunsQuery): boolean =>
  passed !== undefined || changedFrom !== undefined;

interface FoundRow extends RunRow {
  walked: number;
  last_started: number;
  last_id: string;
}

/**
 * Runs that came to a step, left it by an output, or went on since a moment, newest first. A page walks the newest runs that the
 * rest of the filter lets through, only so far; where it stopped the next page goes on. How many there are the canvas says, from
 * its counters.
 */
export const listWalked = async (
  db: Queryable,
  names: Names,
  query: RunsQuery,
  filters: Filters,
  place: readonly (string | number)[] | null,
): Promise<z.output<typeof runPageSchema>> => {
  filters.afterNewest('r.started_at', 'r.id', place);
  const dateOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));
  const [passed, passedFrom] = [filters.parameter(query.passed ?? null), filters.parameter(dateOf(query.passedFrom))];
  const stop = stopOf(query, filters, passedFrom);
  const [changedFrom, limit, walked] = [
    filters.parameter(dateOf(query.changedFrom)),
    filters.parameter(query.limit),
    filters.parameter(0),
  ];
  const statement = `with walk as materialized (${newestOf(query, filters, `${runColumns}, r.trail`, walked)}),
    page as (
      select w.* from walk w where (${changedFrom}::bigint is null or w.updated_at >= ${changedFrom})
        and (${passed}::text is null or ${stop(passed)}) order by started_at desc, id limit ${limit}
    ),
    last as (
      select count(*) over ()::int as walked, started_at as last_started, id as last_id from walk
      order by started_at, id desc limit 1
    )
    select last.*, r.*, ${cardColumns} from last left join page r on true left join contact_cards card using (contact_id)
    order by r.started_at desc, r.id`;
  let page: Walked = { found: [], next: null };
  for (const most of walks) {
    const { rows } = await db.query<FoundRow & Record<string, unknown>>(statement, [
      ...filters.values.slice(0, -1),
      most,
    ]);
    page = pageOfWalk(rows, query.limit, most);
    if (page.found.length === query.limit || page.next === null) break;
  }
  return { items: page.found.map((row) => runItem(names, row)), next: page.next, total: null };
};

/**
 * What a run did at the step that is asked for, as its counters count it. A wait is two stops, coming and leaving: coming is a stop
 * that does not follow one, and through is who left by an output, jumped (what comes next is another step), or ended there.
 */
const stopOf = (query: RunsQuery, filters: Filters, from: string): ((node: string) => string) => {
  if (query.passing === 'undelivered')
    return (
      node,
    ) => `exists (select from deliveries d where d.run_id = w.id and d.node = ${node} and d.status = 'failed'
      and (${from}::bigint is null or d.at >= ${from}))`;
  const which =
    query.port !== undefined
      ? `s.port = ${filters.parameter(query.port)}`
      : query.passing === 'through'
        ? `(s.port is not null or s.next <> s.node or (s.next is null and w.status <> 'waiting'))`
        : 's.stayed is not true';
  // A run that ended where it waited was through with it when it ended.
  const at =
    query.passing === 'through'
      ? `case when s.next is null and s.port is null then w.updated_at else s.at end`
      : 's.at';
  return (node) => `w.updated_at >= coalesce(${from}::bigint, w.updated_at) and exists (
    select from (
      select step->>'node' as node, step->>'port' as port, (step->>'at')::bigint as at, lead(step->>'node') over trail as next,
        lag(step->>'node') over trail = step->>'node' and lag(step->>'port') over trail is null as stayed
      from jsonb_array_elements(w.trail) with ordinality as s (step, n) where step->>'node' <> '' window trail as (order by n)
    ) s where s.node = ${node} and (${from}::bigint is null or ${at} >= ${from}) and ${which})`;
};

interface Walked {
  found: FoundRow[];
  next: string | null;
}

const pageOfWalk = (rows: readonly FoundRow[], limit: number, most: number): Walked => {
  const [first] = rows;
  const found = rows.filter(({ id }) => id !== null);
  const last = found.at(-1);
  if (first === undefined) return { found, next: null };
  if (last && found.length === limit) return { found, next: cursorOf(last.started_at, last.id) };
  return { found, next: first.walked < most ? null : cursorOf(first.last_started, first.last_id) };
};
