import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Announcement, noteWith } from './announce.ts';
import { isRetryable } from './errors.ts';
import { createListener, type Listener } from './listener.ts';
import { silentLogger, type Logger } from './logger.ts';
import { createPool } from './pool.ts';
import { Teller } from './teller.ts';

/** Where SQL can be run: the pool, or a client inside a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(
    query: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/** A client inside a transaction. */
export type Transaction = pg.PoolClient;

export interface Store {
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly listener: Listener;
  /**
   * Runs `work` in one transaction and commits. Deadlocks and serialization failures are tried again, so `work` must do
   * nothing but SQL. `begin` may carry `set local` statements and locks that are to share the first round trip.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, begin?: string): Promise<T>;
  /** Ends the pool (when it made it) and the listening connection. */
  close(): Promise<void>;
}

export type StoreOptions = { logger?: Logger; max?: number; applicationName?: string } & (
  | { databaseUrl: string; pool?: undefined }
  /** A pool made by `createPool`; `databaseUrl` is what the listening connection uses. */
  | { databaseUrl: string; pool: pg.Pool }
);

const maxAttempts = 8;

/** The way to Postgres of one process. */
export const createStore = (options: StoreOptions): Store => {
  const logger = options.logger ?? silentLogger;
  const pool = options.pool ?? createPool(options);
  // An idle connection that breaks is replaced by the pool; without a handler it would end the process.
  const lost = (error: Error): void => logger.warn({ error: error.message }, 'idle database connection lost');
  pool.on('error', lost);
  const listener = createListener(
    () => new pg.Client({ connectionString: options.databaseUrl, application_name: 'ripen-listen', keepAlive: true }),
    logger,
  );

  const teller = new Teller(pool, logger);
  noteWith(pool, teller);

  const attempt = async <T>(work: (tx: Transaction) => Promise<T>, begin: string): Promise<T> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    // A connection that dies between two statements says so by an event, which would end the process if nobody listened.
    const died = (error: Error): void => {
      broken = error;
    };
    client.on('error', died);
    const changed = new Announcement();
    noteWith(client, { note: async ({ topics }) => changed.addAll(topics) });
    try {
      await client.query(begin);
      const result = await work(client);
      const saying = teller.withCommit(changed, (text) => client.escapeLiteral(text));
      await client.query(saying === null ? 'commit' : `${saying}; commit`);
      if (saying === null) await teller.note(changed);
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error(String(failure));
      });
      throw error;
    } finally {
      noteWith(client, null);
      client.off('error', died);
      client.release(broken);
    }
  };

  return {
    pool,
    logger,
    listener,
    transaction: async (work, begin = 'begin') => {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work, begin);
        } catch (error) {
          if (!isRetryable(error) || tries >= maxAttempts) throw error;
          logger.debug({ tries }, 'transaction collided, trying again');
          await pause(Math.random() * 10 * 2 ** tries);
        }
      }
    },
    close: async () => {
      await teller.flush();
      await listener.close();
      if (!options.pool) await pool.end();
      else pool.off('error', lost);
    },
  };
};
