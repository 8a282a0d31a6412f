import type { totalSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';

export type Total = z.output<typeof totalSchema>;

/** Counted one by one up to this; beyond, the planner's estimate is as good as anybody needs. */
const exactUpTo = 10_000;
/** An estimate this high is believed without counting: it would have to be wrong by half. */
const believedFrom = 2 * exactUpTo;

interface Plan {
  'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }];
}

const estimateOf = async (db: Queryable, sql: string, values: unknown[]): Promise<number> => {
  const { rows } = await db.query<Plan & Record<string, unknown>>(`explain (format json) ${sql}`, values);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
};

interface Rows {
  /** Selects them and nothing else. */
  sql: string;
  values: unknown[];
}

/** How many rows there are. `guess`: rows that the planner can estimate, and which share of them is meant. */
export const countRows = async (db: Queryable, rows: Rows, guess?: Rows & { share: number }): Promise<Total> => {
  const { sql, values } = guess ?? rows;
  const estimate = Math.round((await estimateOf(db, sql, values)) * (guess?.share ?? 1));
  if (estimate >= believedFrom) return { count: estimate, exact: false };
  const counted = await db.query<{ n: number }>(
    `select count(*)::int as n from (${rows.sql} limit ${exactUpTo + 1}) as few`,
    rows.values,
  );
  const n = counted.rows[0]?.n ?? 0;
  return n <= exactUpTo ? { count: n, exact: true } : { count: Math.max(n, estimate), exact: false };
};
