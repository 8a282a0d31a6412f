import type pg from 'pg';
import { columnsOf, literals, unnested, type Prepared } from './prepared.ts';

/** Rows that came after `mark`, spread over the transactions in their order. */
export const prepareAppended = async (
  pool: pg.Pool,
  table: string,
  { mark, chunks }: { mark: string; chunks: number },
): Promise<Prepared> => {
  const columns = await columnsOf(pool, table);
  const { from, selected, names } = unnested(columns);
  const source = `select *, ((place - 1) * ${chunks} / total)::int as chunk from (
      select t.*, row_number() over () as place, count(*) over () as total from public.${table} t where ctid > '${mark}'::tid
    ) t`;
  return {
    name: `alone_${table}`,
    text: `insert into alone.${table} (${names}) overriding system value select ${selected} from ${from}`,
    ...(await literals(pool, columns, source)),
  };
};
