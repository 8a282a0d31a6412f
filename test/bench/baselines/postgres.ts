import { laneCount, slotCount } from '@ripen/shared';
import type pg from 'pg';

/** What stays of live events, in the order in which a batch writes it. The inbox, which is emptied again, is left out. */
const appended = ['messages', 'events', 'ledger', 'moves', 'counted', 'runs'] as const;

const eventsPerTransaction = 1_000;
/** Each lane's rows are written by a client of their own, as the product does. */
const clients = laneCount;

/** Before the first row. */
const noMark = '(0,0)';

interface TableColumn {
  name: string;
  type: string;
}

/** The same tables with the same indexes in a schema of their own, holding what the product's hold now. */
export interface AlonePrepared {
  /** Writes what the product has written since, as fast as Postgres takes it. */
  run(events: number): Promise<{ perSecond: number; rowsPerEvent: number }>;
}

/** Copies the product's tables as they are now; `run` then writes the rows that came later into the copies. */
export const writeAlone = async (pool: pg.Pool): Promise<AlonePrepared> => {
  await pool.query('drop schema if exists alone cascade');
  await pool.query('create schema alone');
  const marks = new Map<string, string>();
  for (const table of [...appended, 'contacts']) {
    await pool.query(`create table alone.${table} (like public.${table} including all)`);
    await pool.query(`insert into alone.${table} overriding system value select * from public.${table}`);
    const { rows } = await pool.query<{ mark: string }>(
      `select coalesce(max(ctid), '${noMark}')::text as mark from public.${table}`,
    );
    marks.set(table, rows[0]?.mark ?? noMark);
  }
  await pool.query('alter table alone.contacts set (fillfactor = 70)');
  await pool.query('vacuum full alone.contacts');
  await pool.query('analyze');
  return { run: (events) => run(pool, marks, events) };
};

const columnsOf = async (pool: pg.Pool, table: string): Promise<TableColumn[]> => {
  const { rows } = await pool.query<TableColumn>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = ('public.' || $1)::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows;
};

/** Arrays of arrays cannot be unnested by row: those columns travel as text. */
const carried = ({ type }: TableColumn): string => (type.endsWith('[]') ? 'text' : type);

/** A statement and, per transaction, its parameters: one array literal per column. */
interface Prepared {
  name: string;
  text: string;
  chunks: string[][];
  rows: number;
}

const literals = async (
  pool: pg.Pool,
  columns: readonly TableColumn[],
  source: string,
  chunkCount: number,
): Promise<{ chunks: string[][]; rows: number }> => {
  const lists = columns.map(
    (column, index) => `array_agg(("${column.name}")::${carried(column)} order by n)::text as c${index}`,
  );
  const { rows } = await pool.query<Record<string, string> & { chunk: number; size: number }>(
    `select chunk, count(*)::int as size, ${lists.join(', ')} from (
       select s.*, ((n - 1) * ${chunkCount} / total)::int as chunk from (
         select t.*, row_number() over () as n, count(*) over () as total from (${source}) t
       ) s
     ) c group by chunk order by chunk`,
  );
  const chunks: string[][] = Array.from({ length: chunkCount }, () => []);
  for (const row of rows) chunks[row.chunk] = columns.map((_, index) => row[`c${index}`] ?? '{}');
  return { chunks, rows: rows.reduce((sum, row) => sum + row.size, 0) };
};

const prepareAppend = async (pool: pg.Pool, table: string, mark: string, chunkCount: number): Promise<Prepared> => {
  const columns = await columnsOf(pool, table);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const selected = columns.map((column, index) => `c${index}::${column.type}`).join(', ');
  const unnested = columns.map((column, index) => `$${index + 1}::${carried(column)}[]`).join(', ');
  const aliases = columns.map((_, index) => `c${index}`).join(', ');
  const text = `insert into alone.${table} (${names}) overriding system value select ${selected} from unnest(${unnested}) as u(${aliases})`;
  const source = `select * from public.${table} where ctid > '${mark}'::tid`;
  return { name: `alone_${table}`, text, ...(await literals(pool, columns, source, chunkCount)) };
};

/** States are written once per contact and transaction; chunk `n * clients + lane` holds contacts of that lane's events. */
const prepareUpdate = async (pool: pg.Pool, mark: string, chunkCount: number): Promise<Prepared> => {
  const text = `update alone.contacts c set state = u.state, stage = u.stage
    from unnest($1::uuid[], $2::json[], $3::text[]) as u(id, state, stage) where c.id = u.id`;
  const { rows } = await pool.query<{ chunk: number; size: number; ids: string; states: string; stages: string }>(
    `select chunk, count(*)::int as size, array_agg(id order by id)::text as ids, array_agg(state order by id)::text as states,
       array_agg(stage order by id)::text as stages
     from (select distinct lane + ${clients} * ((n - 1) * ${chunkCount / clients} / total)::int as chunk, contact_id from (
         select contact_id, slot / ${slotCount / clients} as lane,
           row_number() over (partition by slot / ${slotCount / clients} order by seq) as n,
           count(*) over (partition by slot / ${slotCount / clients}) as total
         from public.events join public.contacts on contacts.id = contact_id where events.ctid > '${mark}'::tid) e) k
     join public.contacts on contacts.id = k.contact_id group by chunk order by chunk`,
  );
  const chunks: string[][] = Array.from({ length: chunkCount }, () => []);
  for (const row of rows) chunks[row.chunk] = [row.ids, row.states, row.stages];
  return { name: 'alone_contacts', text, chunks, rows: rows.reduce((sum, row) => sum + row.size, 0) };
};

const writeChunk = async (client: pg.PoolClient, statements: readonly Prepared[], chunk: number): Promise<void> => {
  await client.query('begin');
  for (const { name, text, chunks } of statements) {
    const values = chunks[chunk] ?? [];
    if (values.length > 0) await client.query({ name, text, values });
  }
  await client.query('commit');
};

const run = async (
  pool: pg.Pool,
  marks: ReadonlyMap<string, string>,
  events: number,
): Promise<{ perSecond: number; rowsPerEvent: number }> => {
  const chunkCount = clients * Math.ceil(events / eventsPerTransaction / clients);
  const statements: Prepared[] = [];
  for (const table of appended) {
    statements.push(await prepareAppend(pool, table, marks.get(table) ?? noMark, chunkCount));
  }
  statements.push(await prepareUpdate(pool, marks.get('events') ?? noMark, chunkCount));
  const connections = await Promise.all(Array.from({ length: clients }, () => pool.connect()));
  const from = performance.now();
  await Promise.all(
    connections.map(async (connection, lane) => {
      for (let chunk = lane; chunk < chunkCount; chunk += clients) await writeChunk(connection, statements, chunk);
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  for (const connection of connections) connection.release();
  await pool.query('drop schema alone cascade');
  const rows = statements.reduce((sum, statement) => sum + statement.rows, 0);
  return { perSecond: events / seconds, rowsPerEvent: rows / events };
};
