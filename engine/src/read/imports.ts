import type { Queryable } from '../store/store.ts';

/** Arrivals of a load that wait to be applied, counted up to a limit. */
export const countArrivals = async (db: Queryable, importId: string): Promise<number> => {
  const { rows } = await db.query<{ waiting: number }>(
    'select count(*)::int as waiting from (select 1 from inbox where import_id = $1 limit 1000000) as few',
    [importId],
  );
  return rows[0]?.waiting ?? 0;
};
