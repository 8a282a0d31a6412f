import type { totalSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';

export type Total = z.output<typeof totalSchema>;

/** Counted one by one up to this; beyond, the planner's estimate is as good as anybody needs. */
export const exactUpTo = 10_000;

interface Plan {
  'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }];
}

/** How many rows a query has; `sql` selects them and nothing else. */
export const countRows = async (db: Queryable, sql: string, values: unknown[]): Promise<Total> => {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from (${sql} limit ${exactUpTo + 1}) as counted`,
    values,
  );
  const n = rows[0]?.n ?? 0;
  if (n <= exactUpTo) return { count: n, exact: true };
  const { rows: plans } = await db.query<Plan & Record<string, unknown>>(`explain (format json) ${sql}`, values);
  const estimate = plans[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  return { count: Math.max(n, Math.round(estimate)), exact: false };
};
