import { join, resolve } from 'node:path';
import type { PrivateAddresses } from '../delivery/webhook.ts';

/** What the worker process is told by its environment. */
export interface WorkerConfig {
  databaseUrl: string;
  temporal: { address: string; namespace: string; apiKey: string | null; tls: boolean };
  /** Where the workflows' bundle is kept. */
  cacheDir: string;
  /** How long a drain that found nothing more waits for input before it goes to sleep. */
  lingerMs: number;
  smtp: { url: string | null; from: string };
  privateAddresses: PrivateAddresses;
  logLevel: string;
  /** host:port at which Temporal's metrics are served to Prometheus; null: nowhere. */
  metricsAddress: string | null;
}

/** Reads the environment. Throws one sentence that names the variable and what to do. */
export const readConfig = (env: NodeJS.ProcessEnv): WorkerConfig => {
  const databaseUrl = env['DATABASE_URL'];
  if (!databaseUrl) {
    throw new Error(
      'DATABASE_URL is not set. Set it to the Postgres of this installation, as in postgres://user:password@host/ripen.',
    );
  }
  const apiKey = env['TEMPORAL_API_KEY'] ?? null;
  return {
    databaseUrl,
    temporal: {
      address: env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233',
      namespace: env['TEMPORAL_NAMESPACE'] ?? 'default',
      apiKey,
      tls: flag(env, 'TEMPORAL_TLS', apiKey !== null),
    },
    cacheDir: join(resolve(env['RIPEN_DATA_DIR'] ?? '.ripen'), 'cache'),
    lingerMs: wholeNumber(env, 'RIPEN_LINGER_MS', 1_000),
    smtp: { url: env['SMTP_URL'] || null, from: env['SMTP_FROM'] || 'Ripen <ripen@localhost>' },
    privateAddresses: privateAddresses(env['RIPEN_ALLOW_PRIVATE_ADDRESSES'] ?? ''),
    logLevel: env['LOG_LEVEL'] || 'info',
    metricsAddress: env['RIPEN_WORKER_METRICS_ADDRESS'] || null,
  };
};

const flag = (env: NodeJS.ProcessEnv, name: string, otherwise: boolean): boolean => {
  const value = env[name]?.trim().toLowerCase();
  if (value === undefined || value === '') return otherwise;
  if (['true', '1', 'yes'].includes(value)) return true;
  if (['false', '0', 'no'].includes(value)) return false;
  throw new Error(`${name} is "${value}". Set it to true or false.`);
};

/** `true`: all; else hosts with their ports, separated by commas, as in 10.0.0.5:8080,hooks.internal. */
const privateAddresses = (value: string): PrivateAddresses => {
  const text = value.trim().toLowerCase();
  if (['true', '1', 'yes'].includes(text)) return 'allowed';
  if (['', 'false', '0', 'no'].includes(text)) return new Set();
  return new Set(text.split(',').map((host) => host.trim()));
};

const wholeNumber = (env: NodeJS.ProcessEnv, name: string, otherwise: number): number => {
  const value = env[name];
  if (value === undefined || value === '') return otherwise;
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${name} is "${value}". Set it to a whole number of milliseconds.`);
  return Number(value);
};
