import pg from 'pg';
import { columnsSql, constraintsSql, indexesSql, triggersSql } from './queries.ts';

/** A row of `tablesSql`. */
export interface TableRow {
  readonly oid: string;
  readonly name: string;
  readonly partitioned: boolean;
  readonly unlogged: boolean;
  readonly partitionKey: string | null;
  readonly partitionBound: string | null;
  readonly partitionOf: string | null;
  readonly options: string | null;
  readonly comment: string | null;
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly identity: '' | 'a' | 'd';
  readonly generated: '' | 's' | 'v';
  readonly default: string | null;
  readonly collation: string | null;
  readonly compression: string | null;
  readonly storage: string | null;
  readonly comment: string | null;
}

const compressions: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' };
const storages: Readonly<Record<string, string>> = { p: 'plain', e: 'external', m: 'main', x: 'extended' };

function columnLine(column: ColumnRow): string {
  const words = [pg.escapeIdentifier(column.name), column.type];
  if (column.storage !== null) words.push(`storage ${storages[column.storage] ?? column.storage}`);
  if (column.compression !== null) words.push(`compression ${compressions[column.compression] ?? column.compression}`);
  if (column.collation !== null) words.push(`collate ${pg.escapeIdentifier(column.collation)}`);
  if (column.identity !== '') words.push(`generated ${column.identity === 'a' ? 'always' : 'by default'} as identity`);
  if (column.generated !== '') {
    words.push(`generated always as (${column.default ?? ''}) ${column.generated === 's' ? 'stored' : 'virtual'}`);
  } else if (column.default !== null) {
    words.push(`default ${column.default}`);
  }
  if (column.notNull) words.push('not null');
  return words.join(' ');
}

async function definitions(client: pg.ClientBase, sql: string, oid: string): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(sql, [oid]);
  return rows.map(({ definition }) => `${definition};`);
}

/** The statements that make one table: itself, its comments, indexes and triggers. */
export async function dumpTable(client: pg.ClientBase, table: TableRow): Promise<string> {
  const name = pg.escapeIdentifier(table.name);
  const columns = await client.query<ColumnRow>(columnsSql, [table.oid]);
  const constraints = await client.query<{ name: string; definition: string }>(constraintsSql, [table.oid]);
  const constraintLines = constraints.rows.map(
    (row) => `constraint ${pg.escapeIdentifier(row.name)} ${row.definition}`,
  );
  const partition = table.partitionOf !== null;
  // A partition has its parent's columns; only what it adds is its own.
  const body = [...(partition ? [] : columns.rows.map(columnLine)), ...constraintLines].map((line) => `  ${line}`);
  const head = [
    `create ${table.unlogged ? 'unlogged ' : ''}table ${name}`,
    ...(table.partitionOf === null ? [] : [`partition of ${pg.escapeIdentifier(table.partitionOf)}`]),
  ].join(' ');
  const tail = [
    ...(table.partitionBound === null ? [] : [table.partitionBound]),
    ...(table.partitionKey === null ? [] : [`partition by ${table.partitionKey}`]),
    ...(table.options === null ? [] : [`with (${table.options})`]),
  ].map((part) => ` ${part}`);
  const statements = [`${head}${body.length > 0 || !partition ? ` (\n${body.join(',\n')}\n)` : ''}${tail.join('')};`];
  if (table.comment !== null) statements.push(`comment on table ${name} is ${pg.escapeLiteral(table.comment)};`);
  for (const column of columns.rows) {
    if (column.comment === null) continue;
    const target = `${name}.${pg.escapeIdentifier(column.name)}`;
    statements.push(`comment on column ${target} is ${pg.escapeLiteral(column.comment)};`);
  }
  statements.push(...(await definitions(client, indexesSql, table.oid)));
  statements.push(...(await definitions(client, triggersSql, table.oid)));
  return statements.join('\n');
}
