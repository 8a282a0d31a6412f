import { resolve } from 'node:path';
import { z } from 'zod';

const blankIsAbsent = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsAbsent, schema.optional());
const withDefault = <Schema extends z.ZodType>(schema: Schema, value: string) =>
  z.preprocess((given) => blankIsAbsent(given) ?? value, schema);

const environmentSchema = z.object({
  DATABASE_URL: z.preprocess(
    blankIsAbsent,
    z
      .string({ error: 'is missing: set it to the Postgres to use, as postgres://user:password@host:5432/database' })
      .regex(/^postgres(ql)?:\/\//, 'must start with postgres://'),
  ),
  PORT: withDefault(z.coerce.number().int().min(0).max(65_535), '8080'),
  HOST: withDefault(z.string(), '127.0.0.1'),
  RIPEN_DATA_DIR: withDefault(z.string(), '.ripen'),
  RIPEN_UI_DIR: optional(z.string()),
  TEMPORAL_ADDRESS: optional(z.string()),
  TEMPORAL_NAMESPACE: withDefault(z.string(), 'default'),
  TEMPORAL_API_KEY: optional(z.string()),
  TEMPORAL_TLS: optional(z.enum(['true', 'false'])),
  TEMPORAL_UI_URL: optional(
    z.url({ protocol: /^https?$/, error: 'must be where its pages are, as http://127.0.0.1:8233' }),
  ),
  LOG_LEVEL: withDefault(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']), 'info'),
  RIPEN_PUBLIC_URL: optional(
    z.url({ protocol: /^https?$/, error: 'must be where people reach Ripen, as https://ripen.example.com' }),
  ),
  RIPEN_TRUSTED_PROXIES: optional(z.string()),
  RIPEN_AUTH_SECRET: optional(z.string().min(32, 'must have 32 characters or more')),
  RIPEN_DATABASE_CONNECTIONS: withDefault(z.coerce.number().int().min(2).max(500), '16'),
  RIPEN_MAX_WAITING_EVENTS: withDefault(z.coerce.number().int().min(1_000).max(1_000_000_000), '200000'),
  // A day: as good as no bound.
  RIPEN_MAX_OUTBOX_LAG_SECONDS: withDefault(z.coerce.number().min(1).max(86_400), '10'),
});

export interface TemporalConfig {
  address: string;
  namespace: string;
  apiKey: string | null;
  tls: boolean;
}

/** How this process is set up. */
export interface Config {
  databaseUrl: string;
  port: number;
  host: string;
  dataDir: string;
  uiDir: string;
  /** Null: no Temporal is known; events are taken in and wait for a worker's sweeper. */
  temporal: TemporalConfig | null;
  /** Where Temporal's own pages are, for links to them; null where that is not known. */
  temporalUiUrl: string | null;
  /** Where people reach it; null where that is not known. */
  publicUrl: string | null;
  /** Proxies in front whose `X-Forwarded-*` is believed: how many, or their addresses; null: none. */
  trustedProxies: number | string | null;
  /** What session cookies are signed with; null: the installation makes one for itself. */
  authSecret: string | null;
  logLevel: string;
  databaseConnections: number;
  maxWaitingEvents: number;
  /** What waits to be carried to Temporal may take so long, ms, before events are refused. */
  maxOutboxLagMs: number;
}

/** The environment cannot be used; its message says which variable and why, a line each. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** Reads the environment. Throws ConfigError. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const result = environmentSchema.safeParse(env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(`Ripen cannot start with this environment:\n  ${lines.join('\n  ')}`);
  }
  const given = result.data;
  return {
    databaseUrl: given.DATABASE_URL,
    port: given.PORT,
    host: given.HOST,
    dataDir: resolve(given.RIPEN_DATA_DIR),
    uiDir: resolve(given.RIPEN_UI_DIR ?? resolve(import.meta.dirname, '../../builder-ui/dist')),
    temporal: temporalOf(given),
    temporalUiUrl: given.TEMPORAL_UI_URL ?? null,
    publicUrl: given.RIPEN_PUBLIC_URL ?? null,
    trustedProxies: proxiesOf(given.RIPEN_TRUSTED_PROXIES),
    authSecret: given.RIPEN_AUTH_SECRET ?? null,
    logLevel: given.LOG_LEVEL,
    databaseConnections: given.RIPEN_DATABASE_CONNECTIONS,
    maxWaitingEvents: given.RIPEN_MAX_WAITING_EVENTS,
    maxOutboxLagMs: given.RIPEN_MAX_OUTBOX_LAG_SECONDS * 1000,
  };
};

const proxiesOf = (given: string | undefined): number | string | null =>
  given === undefined ? null : /^\d+$/.test(given) ? Number(given) : given;

const temporalOf = (given: z.output<typeof environmentSchema>): TemporalConfig | null => {
  if (given.TEMPORAL_ADDRESS === undefined) return null;
  const apiKey = given.TEMPORAL_API_KEY ?? null;
  const tls = given.TEMPORAL_TLS === undefined ? apiKey !== null : given.TEMPORAL_TLS === 'true';
  return { address: given.TEMPORAL_ADDRESS, namespace: given.TEMPORAL_NAMESPACE, apiKey, tls };
};

/** Whether only this machine can reach a server that listens there. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
