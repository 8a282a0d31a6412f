import {
  announceAnything,
  createPokes,
  createPrograms,
  createStore,
  processLogger,
  type LaneDeps,
  type Store,
} from '@ripen/engine';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { cachedBundle } from './bundle.ts';
import { readConfig, type WorkerConfig } from './config.ts';
import { createWorkers } from './create-workers.ts';
import { engineDeps } from './engine-deps.ts';
import { installRuntime } from './runtime.ts';
import { startStandingWorkflows } from './standing-workflows.ts';
import { startSweeper } from './sweeper.ts';
import { waitFor } from './wait-for.ts';

const httpTimeoutMs = 10_000;
/** A database that was migrated by a newer version keeps this one waiting only for what it needs itself. */
const schemaQuery = 'select 1 from lanes, definitions_head, dispatchers limit 1';

// Under `node --watch` threads would post what they load to this process, where Temporal takes every message for its own.
delete process.env['WATCH_REPORT_DEPENDENCIES'];

const config = readEnvironment();
const logger = processLogger({ level: config.logLevel, base: { part: 'worker' } });
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    logger.info({ signal }, 'stopping');
    stopping.abort();
  });
}

try {
  await main(config, stopping.signal);
  process.exit(0);
} catch (error) {
  if (stopping.signal.aborted) process.exit(0);
  logger.fatal({ err: error }, 'the worker ended');
  process.exit(1);
}

/** Runs lanes, runs and jobs until the signal aborts. */
async function main({ temporal, ...settings }: WorkerConfig, signal: AbortSignal): Promise<void> {
  installRuntime(logger, settings.metricsAddress);
  const tell = (sentence: string): void => logger.warn(sentence);
  const { databaseUrl } = settings;
  const store = createStore({ databaseUrl, logger, applicationName: 'ripen-lanes', max: 16 });
  const runsStore = createStore({ databaseUrl, logger, applicationName: 'ripen-runs', max: 12 });
  const [workflowBundle, connection] = await Promise.all([
    cachedBundle(settings.cacheDir),
    connect(temporal, tell, signal),
    waitFor({ what: 'Postgres', attempt: () => store.pool.query(schemaQuery), tell, signal }),
  ]);
  await announceAnything(store.pool);
  const { workflow: workflows, schedule: schedules } = new Client({ connection, namespace: temporal.namespace });
  const engine: LaneDeps = { store, programs: createPrograms(), pokes: createPokes(workflows) };
  const runsEngine: LaneDeps = { ...engine, store: runsStore };
  const workers = await createWorkers(
    engineDeps({
      engine,
      runsEngine,
      workflows,
      lingerMs: settings.lingerMs,
      delivery: {
        webhook: { privateAddresses: settings.privateAddresses, timeoutMs: httpTimeoutMs, now: Date.now },
        email: { smtpUrl: settings.smtp.url, from: settings.smtp.from, timeoutMs: httpTimeoutMs },
      },
    }),
    { connection, namespace: temporal.namespace, workflowBundle },
  );
  await waitFor({ what: 'Starting the lanes', attempt: () => startStandingWorkflows(workflows), tell, signal });
  const stopSweeper = startSweeper({ engine, workflows, schedules, now: Date.now });
  process.stdout.write('{"ready":true}\n');
  await Promise.race([workers.stopped, aborted(signal)]).finally(async () => {
    await stopSweeper();
    await workers.shutdown();
    await closeQuietly([store, runsStore, connection]);
  });
}

async function connect(
  temporal: WorkerConfig['temporal'],
  tell: (sentence: string) => void,
  signal: AbortSignal,
): Promise<NativeConnection> {
  const { address, namespace, apiKey, tls } = temporal;
  const attempt = async (): Promise<NativeConnection> => {
    const connection = await NativeConnection.connect({
      address,
      tls,
      ...(apiKey === null ? {} : { apiKey }),
      // Payloads are a few ids: compressing them costs more than sending them.
      grpcCompression: { codec: 'none' },
    });
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  };
  return waitFor({ what: `Temporal at ${address}, namespace ${namespace},`, attempt, tell, signal });
}

/** A function, not a constant: it is used before the end of this file is reached. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}

/** The process is about to end: what cannot be closed any more closes with it. */
async function closeQuietly(open: readonly (Store | NativeConnection)[]): Promise<void> {
  for (const one of open)
    await one.close().catch((error: unknown) => logger.warn({ err: error }, 'could not be closed'));
}

function readEnvironment(): WorkerConfig {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
