import type { Total } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';

/** Counted one by one up to this; beyond, the planner's estimate is as good as anybody needs. */
const exactUpTo = 10_000;
/** An estimate this high is believed without counting: it would have to be wrong by half. */
const believedFrom = 2 * exactUpTo;

interface Plan {
  'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }];
}

interface Rows {
  /** Selects them and nothing else. */
  sql: string;
  values: unknown[];
}

const estimateOf = async (db: Queryable, { sql, values }: Rows): Promise<number> => {
  const { rows } = await db.query<Plan & Record<string, unknown>>(`explain (format json) ${sql}`, values);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
};

/**
 * How many rows there are. `guess`: rows that the planner can estimate, and which share of them is meant; null where it cannot,
 * so that beyond what is counted nothing is known but that there are more.
 */
export const countRows = async (
  db: Queryable,
  rows: Rows,
  guess: (Rows & { share: number }) | null = { ...rows, share: 1 },
): Promise<Total> => {
  const estimate = guess === null ? 0 : Math.round((await estimateOf(db, guess)) * guess.share);
  if (estimate >= believedFrom) return { count: estimate, exact: false };
  const counted = await db.query<{ n: number }>(
    `select count(*)::int as n from (${rows.sql} limit ${exactUpTo + 1}) as few`,
    rows.values,
  );
  const n = counted.rows[0]?.n ?? 0;
  return n <= exactUpTo ? { count: n, exact: true } : { count: Math.max(n, estimate), exact: false };
};
