import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, removePostgres, startPostgres, startTemporalDev, stopTemporalDev } from '@ripen/infra';
import pg from 'pg';

/** A Postgres and a Temporal as `npm start` runs them, on fresh data that is thrown away at the end. */
export interface Servers {
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly pids: { postgres: number; temporal: number };
  /** Makes a database with the product's schema; returns its URL. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

const once = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

export const startServers = async (
  dir: string,
  report: (sentence: string) => void,
  options: { profiled: boolean },
): Promise<Servers> => {
  const folders = { postgres: join(dir, 'postgres'), temporal: join(dir, 'temporal') };
  await removePostgres(folders.postgres);
  await stopTemporalDev(folders.temporal);
  rmSync(folders.temporal, { recursive: true, force: true });
  const postgres = await startPostgres({
    dir: folders.postgres,
    report,
    ...(options.profiled && { settings: { shared_preload_libraries: 'pg_stat_statements' } }),
  });
  const temporal = await startTemporalDev({ dir: folders.temporal, report });
  return {
    temporalAddress: temporal.address,
    namespace: temporal.namespace,
    pids: { postgres: postgres.pid, temporal: temporal.pid },
    createDatabase: async (name) => {
      await once(postgres.url, `create database ${name}`);
      const url = new URL(`/${name}`, postgres.url).href;
      await migrate(url);
      return url;
    },
    stop: async () => {
      await temporal.stop();
      await postgres.stop();
      await removePostgres(folders.postgres);
      rmSync(folders.temporal, { recursive: true, force: true });
    },
  };
};
