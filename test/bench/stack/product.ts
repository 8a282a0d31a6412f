import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createPool, createPrograms, createStore, noPokes, publishDefinitions } from '@ripen/engine';
import { freePort } from '@ripen/infra';
import type { Definition } from '@ripen/shared';
import type pg from 'pg';
import { startProcesses } from './processes.ts';
import type { Servers } from './servers.ts';

/** The product's own two processes on a database of their own, with the workload's definitions published. */
export interface Product {
  readonly url: string;
  readonly writeKey: string;
  /** Of an admin. */
  readonly apiKey: string;
  /** For looking on; the product has its own connections. */
  readonly pool: pg.Pool;
  workerPid(): number;
  apiPid(): number;
  /** Ends both processes and starts new ones on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  servers: Servers;
  dir: string;
  /** Of the database. */
  name: string;
  definitions: Definition[];
  profileDir: string | undefined;
}

const publish = async (databaseUrl: string, definitions: Definition[]): Promise<void> => {
  const store = createStore({ databaseUrl });
  try {
    await publishDefinitions({ store, programs: createPrograms(), pokes: noPokes }, definitions, Date.now());
  } finally {
    await store.close();
  }
};

/** Makes the database and starts the processes. */
export const startProduct = async (options: ProductOptions): Promise<Product> => {
  const { servers, dir, name, profileDir } = options;
  const databaseUrl = await servers.createDatabase(name);
  await publish(databaseUrl, options.definitions);
  const home = join(dir, name);
  rmSync(home, { recursive: true, force: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: servers.namespace,
    RIPEN_DATA_DIR: home,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const start = () => startProcesses({ env, url, logDir: home, profileDir });
  let processes = await start();
  const pool = createPool({ databaseUrl, max: 12, applicationName: 'ripen-bench' });
  // Written by the API on its first start.
  const keys = JSON.parse(readFileSync(join(home, 'keys.json'), 'utf8')) as { writeKey: string; apiKey: string };
  return {
    ...keys,
    url,
    pool,
    workerPid: () => processes.workerPid,
    apiPid: () => processes.apiPid,
    restart: async () => {
      await processes.stop();
      processes = await start();
    },
    stop: async () => {
      await pool.end();
      await processes.stop();
    },
  };
};
