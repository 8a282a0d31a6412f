import type pg from 'pg';
import { columnsOf, literals, unnested, type Prepared } from './alone/prepared.ts';
import { onConnections, writeChunk } from './alone/writers.ts';

/** What the product takes together, and on how many connections. */
const arrivalsPerTransaction = 2_000;
const clients = 2;

const readText = `select contact_id, seq, accepted, message_id, type, occurred_at, arrived_at, revision, backfilled, properties, fields
  from public.events where contact_id = any($1::uuid[]) order by contact_id, seq`;

/**
 * Writes the books of a rebuild that is over once more, into copies of the tables with the same indexes that hold what was there
 * before it: the same contacts together, the same arrivals read, the new generation and the states written, nothing made of
 * them. Returns arrivals a second.
 */
export const writeBooksAlone = async (pool: pg.Pool): Promise<number> => {
  await pool.query('drop schema if exists alone cascade');
  await pool.query('create schema alone');
  await pool.query(
    `create table alone.parts as
     select contact_id as id, (sum(n) over (order by contact_id) / ${arrivalsPerTransaction})::int as chunk, n
     from (select contact_id, count(*) as n from public.events group by contact_id) e`,
  );
  await pool.query('create index on alone.parts (id)');
  for (const table of ['ledger', 'moves']) {
    await pool.query(`create table alone.${table} (like public.${table} including all)`);
    await pool.query(
      `insert into alone.${table} select l.* from public.${table} l join public.contacts c on c.id = l.contact_id
       where l.generation < (c.state->>'generation')::int`,
    );
  }
  await pool.query('create table alone.contacts (like public.contacts including all)');
  await pool.query('alter table alone.contacts set (fillfactor = 70)');
  await pool.query('insert into alone.contacts select * from public.contacts');
  await pool.query('vacuum analyze');
  const statements = [await books(pool, 'ledger'), await books(pool, 'moves'), await states(pool)];
  const { rows: parts } = await pool.query<{ chunk: number; ids: string[]; n: number }>(
    'select chunk, array_agg(id) as ids, sum(n)::int as n from alone.parts group by chunk order by chunk',
  );
  const left = parts.values();
  const seconds = await onConnections(pool, clients, async (client) => {
    for (const { chunk, ids } of left)
      await writeChunk(client, statements, chunk, { name: 'books_arrivals', text: readText, values: [ids] });
  });
  await pool.query('drop schema alone cascade');
  return parts.reduce((sum, { n }) => sum + n, 0) / seconds;
};

const books = async (pool: pg.Pool, table: string): Promise<Prepared> => {
  const columns = await columnsOf(pool, table);
  const { from, selected, names } = unnested(columns);
  const source = `select l.*, p.chunk, row_number() over (order by l.contact_id, l.seq) as place
    from public.${table} l join alone.parts p on p.id = l.contact_id join public.contacts c on c.id = l.contact_id
    where l.generation = (c.state->>'generation')::int`;
  return {
    name: `books_${table}`,
    text: `insert into alone.${table} (${names}) select ${selected} from ${from}`,
    ...(await literals(pool, columns, source)),
  };
};

const states = async (pool: pg.Pool): Promise<Prepared> => {
  const columns = (await columnsOf(pool, 'contacts')).filter(({ name }) =>
    ['id', 'stage', 'card', 'state'].includes(name),
  );
  const { from } = unnested(columns);
  const sets = columns.flatMap(({ name }, index) => (name === 'id' ? [] : [`${name} = c${index}`]));
  const id = columns.findIndex(({ name }) => name === 'id');
  return {
    name: 'books_contacts',
    text: `update alone.contacts c set ${sets.join(', ')} from ${from} where c.id = c${id}`,
    ...(await literals(
      pool,
      columns,
      'select c.*, p.chunk, c.id as place from public.contacts c join alone.parts p on p.id = c.id',
    )),
  };
};
