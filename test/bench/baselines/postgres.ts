import { laneCount } from '@ripen/shared';
import type pg from 'pg';
import { prepareAppended } from './alone/appended.ts';
import { chunkOfEvents } from './alone/chunks.ts';
import { prepareCounters } from './alone/counters.ts';
import { prepareRewritten } from './alone/rewritten.ts';
import type { Prepared } from './alone/prepared.ts';
import { onConnections, writeChunk } from './alone/writers.ts';

/** What stays of live events, in the order in which a batch writes it. The inbox, which is emptied again, is left out. */
const appended = ['messages', 'events', 'ledger', 'moves', 'counted', 'runs'] as const;
/** Rows that are written again and again, and how full their pages are at first. */
const rewritten = { contacts: 70, contact_cards: 100, contact_heat: 80, dues: 100 } as const;
const counters = { run_totals: 50, run_days: 50, step_counts: 50, step_times: 50 } as const;

const eventsPerTransaction = 1_000;
/** Each lane's rows are written by a client of their own, as the product does. */
const clients = laneCount;

/** Before the first row. */
const noMark = '(0,0)';

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
  for (const table of appended) {
    await copy(pool, table);
    const { rows } = await pool.query<{ mark: string }>(
      `select coalesce(max(ctid), '${noMark}')::text as mark from public.${table}`,
    );
    marks.set(table, rows[0]?.mark ?? noMark);
  }
  for (const [table, fill] of Object.entries({ ...rewritten, ...counters })) {
    await copy(pool, table);
    await pool.query(`alter table alone.${table} set (fillfactor = ${fill})`);
    await pool.query(`vacuum full alone.${table}`);
  }
  await pool.query('analyze');
  return { run: (events) => run(pool, marks, events) };
};

/**
 * What is timed begins right after a checkpoint. Copying tables fills the log, and the checkpoint that this brings would fall into
 * whatever comes next; after one, every page is written to the log whole when it is first touched.
 */
export const atCheckpoint = async (pool: pg.Pool): Promise<void> => {
  await pool.query('checkpoint');
};

const copy = async (pool: pg.Pool, table: string): Promise<void> => {
  await pool.query(`create table alone.${table} (like public.${table} including all)`);
  await pool.query(`insert into alone.${table} overriding system value select * from public.${table}`);
};

const run = async (
  pool: pg.Pool,
  marks: ReadonlyMap<string, string>,
  events: number,
): Promise<{ perSecond: number; rowsPerEvent: number }> => {
  const mark = marks.get('events') ?? noMark;
  const chunks = await chunkOfEvents(pool, { mark, lanes: clients, eventsPerTransaction });
  const statements: Prepared[] = [];
  for (const table of appended) {
    statements.push(await prepareAppended(pool, table, { mark: marks.get(table) ?? noMark, chunks }));
  }
  statements.push(...(await prepareRewritten(pool)), ...(await prepareCounters(pool, Object.keys(counters), clients)));
  await atCheckpoint(pool);
  const seconds = await onConnections(pool, clients, async (connection, lane) => {
    for (let chunk = lane; chunk < chunks; chunk += clients) await writeChunk(connection, statements, chunk);
  });
  await pool.query('drop schema alone cascade');
  const rows = statements.reduce((sum, statement) => sum + statement.rows, 0);
  return { perSecond: events / seconds, rowsPerEvent: rows / events };
};
