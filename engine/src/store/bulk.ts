import type pg from 'pg';
import type { Queryable } from './store.ts';

/**
 * Writes many rows with one prepared statement: each column travels as one array parameter and is unnested there. The
 * literals are written here because the driver's general encoder costs more than the rest of a batch.
 */
type ColumnType =
  | 'uuid'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'double precision'
  | 'boolean'
  | 'timestamptz'
  | 'text'
  | 'json'
  | 'jsonb'
  | 'text[]';

/** A column's Postgres type and the value it takes of each row. */
export interface Column<Row> {
  type: ColumnType;
  of: (row: Row) => unknown;
}

export interface Bulk<Row> {
  run(db: Queryable, rows: readonly Row[]): Promise<pg.QueryResult<pg.QueryResultRow>>;
}

const escaped = (text: string): string => `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;

/** An array literal of uuids, numbers or booleans: nothing in them needs escaping. */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string => `{${values.join(',')}}`;
/** An array literal of any text. */
export const textArray = (values: readonly (string | null | undefined)[]): string =>
  `{${values.map((value) => (value === null || value === undefined ? 'NULL' : escaped(value))).join(',')}}`;

const isJson = (type: ColumnType): boolean => type === 'json' || type === 'jsonb' || type === 'text[]';

const parameter = (type: ColumnType, position: number): string =>
  isJson(type) ? `string_to_array($${position}, E'\\n', '')` : `$${position}::${type}[]`;

const selected = (name: string, type: ColumnType): string => {
  if (type === 'text[]') {
    return `case when ${name} is not null then array(select json_array_elements_text(${name}::json)) end`;
  }
  return isJson(type) ? `${name}::${type}` : name;
};

/** Splits whole numbers past 31 bits, such as moments, in two: V8 writes small integers several times faster. */
const digits = (value: number): string => {
  if (value <= 0x7fffffff || !Number.isSafeInteger(value)) return String(value);
  const high = Math.floor(value / 1e6);
  return `${high}${String(value - high * 1e6 + 1e6).slice(1)}`;
};

const element = (type: ColumnType, value: unknown): string => {
  if (value === null || value === undefined) return isJson(type) ? '' : 'NULL';
  // JSON never holds a raw line break, so documents travel as lines and need no escaping; an empty line is null.
  if (isJson(type)) return JSON.stringify(value);
  if (typeof value === 'number') return digits(value);
  if (typeof value === 'boolean') return String(value);
  // Columns are declared with the type of what they take: what is left is text, and only text columns need escaping.
  return type === 'text' ? escaped(value as string) : (value as string);
};

const encode = <Row>(type: ColumnType, rows: readonly Row[], of: (row: Row) => unknown): string => {
  const separator = isJson(type) ? '\n' : ',';
  let list = '';
  for (const row of rows) list += element(type, of(row)) + separator;
  list = list.slice(0, -1);
  return isJson(type) ? list : `{${list}}`;
};

/**
 * A statement over rows given as columns. `text` says `:rows` where the source goes: a derived table `r` with the columns
 * by name, in the order of the rows.
 */
export const bulk = <Row>(name: string, columns: Record<string, Column<Row>>, text: string): Bulk<Row> => {
  const entries = Object.entries(columns);
  const names = entries.map(([column]) => `"${column}"`);
  const parameters = entries.map(([, { type }], index) => parameter(type, index + 1));
  const list = entries.map(([, { type }], index) => `${selected(`u.c${index}`, type)} as ${names[index] ?? ''}`);
  const aliases = entries.map((_, index) => `c${index}`);
  const source = `(select ${list.join(', ')} from unnest(${parameters.join(', ')}) as u(${aliases.join(', ')})) as r`;
  const config = { name: `bulk_${name}`, text: text.replace(':rows', () => source) };
  return {
    run: (db, rows) => db.query({ ...config, values: entries.map(([, { type, of }]) => encode(type, rows, of)) }),
  };
};

/** `insert into table (columns) select columns`, with an optional tail such as `on conflict do nothing`. */
export const bulkInsert = <Row>(table: string, columns: Record<string, Column<Row>>, tail = ''): Bulk<Row> => {
  const names = Object.keys(columns)
    .map((column) => `"${column}"`)
    .join(', ');
  return bulk(`insert_${table}`, columns, `insert into ${table} (${names}) select ${names} from :rows ${tail}`);
};
