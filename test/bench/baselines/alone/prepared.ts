import type pg from 'pg';

/** A statement and its parameters by transaction, one array literal per column; none where a transaction has no rows. */
export interface Prepared {
  name: string;
  text: string;
  chunks: ReadonlyMap<number, string[]>;
  rows: number;
}

export interface TableColumn {
  name: string;
  type: string;
}

export const columnsOf = async (pool: pg.Pool, table: string): Promise<TableColumn[]> => {
  const { rows } = await pool.query<TableColumn>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = ('public.' || $1)::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows;
};

/** Arrays of arrays cannot be unnested by row: those columns travel as text. */
const carried = ({ type }: TableColumn): string => (type.endsWith('[]') ? 'text' : type);

/** Rows given as columns, one parameter each: what stands after `from` and what is selected of it. */
export const unnested = (columns: readonly TableColumn[]): { from: string; selected: string; names: string } => ({
  from: `unnest(${columns.map((column, index) => `$${index + 1}::${carried(column)}[]`).join(', ')}) as u(${columns
    .map((_, index) => `c${index}`)
    .join(', ')})`,
  selected: columns.map(({ type }, index) => `c${index}::${type}`).join(', '),
  names: columns.map(({ name }) => `"${name}"`).join(', '),
});

/** Reads the parameters: `source` has the columns, `chunk` and `place`, the order of rows within their transaction. */
export const literals = async (
  pool: pg.Pool,
  columns: readonly TableColumn[],
  source: string,
): Promise<Pick<Prepared, 'chunks' | 'rows'>> => {
  const lists = columns.map(
    (column, index) => `array_agg(("${column.name}")::${carried(column)} order by place)::text as c${index}`,
  );
  const { rows } = await pool.query<Record<string, string> & { chunk: number; size: number }>(
    `select chunk, count(*)::int as size, ${lists.join(', ')} from (${source}) s group by chunk order by chunk`,
  );
  return {
    chunks: new Map(rows.map((row) => [row.chunk, columns.map((_, index) => row[`c${index}`] ?? '{}')])),
    rows: rows.reduce((sum, row) => sum + row.size, 0),
  };
};
