import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { ensureFirstKeys } from './auth/first-keys.ts';
import { createSessions } from './auth/sessions.ts';
import { systemClock } from './clock.ts';
import { ConfigError, isLoopback, readConfig, type Config } from './config.ts';
import { createApp } from './http/app.ts';
import { createHub } from './live/hub.ts';
import { createPressure } from './ingest/pressure.ts';
import { noPokes, type LaneDeps } from './lanes/deps.ts';
import { createPrograms } from './lanes/programs.ts';
import { cancelJob, startJobWorkflow } from './lanes/job-workflow.ts';
import { startBackTest } from './lanes/back-test.ts';
import { startInFlight } from './lanes/in-flight.ts';
import { startImpact } from './lanes/impact.ts';
import { startVoid } from './lanes/void-job.ts';
import { startRebuild } from './lanes/rebuild-job.ts';
import { runScheduled } from './enrolment/begin.ts';
import { runMaintenance } from './maintenance/begin.ts';
import { startSample } from './sample/job.ts';
import { processLogger } from './process-logger.ts';
import { startThroughputLog } from './read/throughput.ts';
import { announceAnything } from './store/announce.ts';
import { describeError } from './store/errors.ts';
import { createStore } from './store/store.ts';
import { connectTemporal } from './temporal/connect.ts';

/** How long requests under way may take to end when the process is told to. */
const shutdownMs = 10_000;

const loggerOf = (config: Config): Logger =>
  processLogger({
    level: config.logLevel,
    base: { part: 'api' },
    redact: [
      '*.authorization',
      '*.headers.authorization',
      '*.writeKey',
      '*.apiKey',
      '*.key',
      '*.secret',
      '*.password',
      '*.currentPassword',
      '*.newPassword',
      '*.cookie',
      '*.headers.cookie',
      '*.authSecret',
      'databaseUrl',
    ],
  });

const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version; // This package's own.

const listen = (server: Server, config: Config): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => resolve((server.address() as AddressInfo).port)); // TCP, so it has a port.
  });

const run = async (config: Config): Promise<void> => {
  const logger = loggerOf(config);
  const store = createStore({
    databaseUrl: config.databaseUrl,
    logger,
    max: config.databaseConnections,
    applicationName: 'ripen-api',
  });
  const temporal = config.temporal === null ? null : connectTemporal(config.temporal);
  const engine: LaneDeps = { store, programs: createPrograms(), pokes: temporal?.pokes ?? noPokes };
  const sessions = createSessions(store, { secret: config.authSecret });
  const live = createHub({ listener: store.listener, logger }, { onSessions: () => sessions.forget() });
  const throughput = startThroughputLog(store.pool, { now: () => systemClock.now(), logger });
  // Known once it listens; the port may be any that is free.
  const reachedAt = { url: '' };
  const app = createApp(
    {
      ...engine,
      clock: systemClock,
      logger,
      version,
      openStatus: isLoopback(config.host),
      sessions,
      live,
      publicUrl: config.publicUrl,
      pressure: createPressure(store.pool, {
        maxWaiting: config.maxWaitingEvents,
        maxOutboxLagMs: config.maxOutboxLagMs,
      }),
      temporalReachable: () => (temporal ? temporal.reachable() : Promise.resolve(null)),
      workers: () => (temporal ? temporal.workers() : Promise.resolve(null)),
      temporalUi:
        config.temporal && config.temporalUiUrl !== null
          ? { url: config.temporalUiUrl, namespace: config.temporal.namespace }
          : null,
      throughput,
      ...(temporal
        ? {
            startRebuild: (rebuild) => startRebuild({ store, workflows: temporal.client.workflow }, rebuild),
            startImpact: (impact) => startImpact({ store, workflows: temporal.client.workflow }, impact),
            startBackTest: (backTest) => startBackTest({ store, workflows: temporal.client.workflow }, backTest),
            startInFlight: (inFlight) => startInFlight({ store, workflows: temporal.client.workflow }, inFlight),
            startVoid: (undoing) => startVoid({ store, workflows: temporal.client.workflow }, undoing),
            runMaintenance: (run) => runMaintenance({ store, workflows: temporal.client.workflow }, run),
            runScheduled: (run) => runScheduled({ store, workflows: temporal.client.workflow }, run),
            startJob: (job) => startJobWorkflow({ store, workflows: temporal.client.workflow }, job),
            startSample: (sample: { contacts: number; now: number }) =>
              startSample({ store, workflows: temporal.client.workflow }, { ...sample, hooksAt: reachedAt.url }),
            cancelJob: (jobId: string) => cancelJob({ store, workflows: temporal.client.workflow }, jobId),
          }
        : {}),
    },
    { uiDir: config.uiDir, trustedProxies: config.trustedProxies ?? undefined },
  );
  // Slow senders are cut off; a batch takes milliseconds.
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 }, app);

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    throughput.stop();
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    live.close();
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), shutdownMs);
    await ended;
    clearTimeout(late);
    await store
      .close()
      .catch((error: unknown) =>
        logger.warn({ error: describeError(error) }, 'the database connections did not close'),
      );
    logger.info({}, 'stopped');
    // The connection to Temporal ends with the process: closed while a poke is between two attempts, it throws from a timer.
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));

  await store.pool.query('select revision from definitions_head').catch((error: unknown) => {
    throw new ConfigError(
      `The database cannot be used: ${describeError(error)}. Is it running, and was \`npm run db:migrate\` run on it?`,
    );
  });
  const port = await listen(server, config);
  const url = `http://${['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  reachedAt.url = config.publicUrl ?? url;
  const keys = await ensureFirstKeys(store, config.dataDir, url);
  // The path, never the keys.
  if (keys.outcome === 'made')
    logger.info({ path: keys.path }, 'first keys were made: a write key for events and an admin key');
  if (keys.outcome === 'elsewhere') logger.info({}, 'there are keys already; an admin can make more at /api/keys');
  await announceAnything(store.pool);
  logger.info({ url, temporal: config.temporal?.address ?? null, ready: true }, 'listening');
};

try {
  await run(readConfig(process.env));
} catch (error) {
  // One sentence for people; what nobody foresaw comes with its stack.
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}
