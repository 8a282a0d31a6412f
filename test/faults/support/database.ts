import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** A way to a database that may be away: questions wait until it answers. */
export interface PatientDatabase {
  readonly pool: pg.Pool;
  /** The first row of the answer, as soon as there is one. */
  ask<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row>;
  close(): Promise<void>;
}

const againAfterMs = 20;

export const patientDatabase = (url: string, patienceMs = 120_000): PatientDatabase => {
  const pool = new pg.Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => undefined); // A lost connection shows with the next question.
  return {
    pool,
    ask: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => {
      const from = performance.now();
      for (;;) {
        try {
          const { rows } = await pool.query<Row>(sql, values);
          const [row] = rows;
          if (!row) throw new Error(`There is no row: ${sql}`);
          return row;
        } catch (error) {
          if (performance.now() - from > patienceMs)
            throw new Error(`The database did not come back: ${String(error)}`, { cause: error });
          await pause(againAfterMs);
        }
      }
    },
    close: () => pool.end(),
  };
};

/** Arrivals applied so far, and those that wait: what a drain is doing. */
export const progressOf = (database: PatientDatabase): Promise<{ applied: number; waiting: number }> =>
  database.ask('select sum(applied)::float8 as applied, (select count(*) from inbox)::float8 as waiting from lanes');
