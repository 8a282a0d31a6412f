import type { automationCountsSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';

type Failure = z.output<typeof automationCountsSchema>['failures'][number];

/** Reasons are told of the newest failures: what broke now looks like what broke a moment ago. */
const newest = 1_000;
/** More different reasons than anybody reads. */
const mostReasons = 50;

/** How many messages of each step were not delivered, of those that runs sent since a moment (`from`, ms): all of them, by index. */
export const countUndelivered = async (
  db: Queryable,
  asked: { automation: string; version: number | null; from: number | null },
): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ node: string; undelivered: number }>(
    `select d.node, count(*)::int as undelivered from deliveries d join runs r on r.id = d.run_id
     where d.status = 'failed' and ($3::bigint is null or d.at >= $3) and r.automation = $1 and ($2::int is null or r.version = $2)
     group by d.node`,
    [asked.automation, asked.version, asked.from],
  );
  return new Map(rows.map(({ node, undelivered }) => [node, undelivered]));
};

/**
 * Why runs of an automation failed at their steps, and why what its steps say was not delivered: the newest of each, each kind a
 * range of one index. `from`: only since then, ms.
 */
export const readFailures = async (
  db: Queryable,
  asked: { automation: string; version: number | null; from: number | null },
): Promise<Failure[]> => {
  const { rows } = await db.query<Failure & Record<string, unknown>>(
    `with failed as (
       select r.id, r.node, coalesce(r.error, '') as reason, r.updated_at as at from runs r
       where r.automation = $1 and r.status = 'failed' and r.node is not null and ($2::int is null or r.version = $2)
         and ($3::bigint is null or r.updated_at >= $3)
       order by r.started_at desc, r.id limit $4
     ), undelivered as (
       select d.run_id, d.node, coalesce(d.last_error, '') as reason, d.at from (
         select * from deliveries where status = 'failed' and ($3::bigint is null or at >= $3) order by at desc, id limit $4
       ) d join runs r on r.id = d.run_id where r.automation = $1 and ($2::int is null or r.version = $2)
     )
     select node, kind, reason, count(*)::int as count, (array_agg(id order by at desc))[1] as run from (
       select 'run' as kind, id, node, reason, at from failed
       union all select 'delivery', run_id, node, reason, at from undelivered
     ) f group by node, kind, reason order by count(*) desc, node, reason limit $5`,
    [asked.automation, asked.version, asked.from, newest, mostReasons],
  );
  return rows;
};
