import type pg from 'pg';
import { columnsOf, literals, unnested, type Prepared } from './prepared.ts';

/**
 * Counters that grew are written by each transaction of their lane. A shard is a lane; what is added does not matter, so each
 * transaction adds all that was.
 */
export const prepareCounters = async (pool: pg.Pool, tables: readonly string[], lanes: number): Promise<Prepared[]> => {
  const prepared: Prepared[] = [];
  for (const table of tables) {
    const columns = await columnsOf(pool, table);
    const { from, selected, names } = unnested(columns);
    const keys = await keysOf(pool, table);
    const counts = columns.filter(({ name }) => !keys.includes(name));
    const sets = counts.map(({ name }) => `"${name}" = t."${name}" + excluded."${name}"`);
    const source = `select t.*, k.chunk, row_number() over (order by ${keys.map((key) => `t."${key}"`).join(', ')}) as place
      from (select * from public.${table} except select * from alone.${table}) t
      join (select distinct chunk from alone.chunks) k on k.chunk % ${lanes} = t.shard`;
    prepared.push({
      name: `alone_${table}`,
      text: `insert into alone.${table} as t (${names}) select ${selected} from ${from}
        on conflict (${keys.join(', ')}) do update set ${sets.join(', ')}`,
      ...(await literals(pool, columns, source)),
    });
  }
  return prepared;
};

const keysOf = async (pool: pg.Pool, table: string): Promise<string[]> => {
  const { rows } = await pool.query<{ name: string }>(
    `select attname as name from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
     where indrelid = ('public.' || $1)::regclass and indisprimary order by array_position(indkey::int2[], attnum)`,
    [table],
  );
  return rows.map(({ name }) => name);
};
