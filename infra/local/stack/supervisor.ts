import { join } from 'node:path';
import { migrate } from '../../src/migrate.ts';
import { type Report } from '../home.ts';
import { isFree, nextFreePort, reachedAt } from '../ports.ts';
import type { ProcessId } from '../process/identity.ts';
import { applyExamples } from './examples.ts';
import { nodePart } from './node-part.ts';
import { SupervisedPart } from './part.ts';
import { openDatabase, openTemporal } from './servers.ts';
import type { StackClaim } from './state.ts';
import { buildUserInterface, userInterfaceDir } from './user-interface.ts';

const preferredPort = 4600;

/** How to run the stack. */
export interface StackOptions {
  readonly home: string;
  readonly watch: boolean;
  readonly claim: StackClaim;
  readonly report: Report;
}

/** A stack on its way up or running. */
export interface Stack {
  /** Resolves with the URL when everything answers; rejects with one sentence. */
  readonly ready: Promise<string>;
  /** Stops what was started, last first. Safe at any moment. */
  stop(): Promise<void>;
}

async function apiPort(): Promise<number> {
  const wanted = process.env['PORT'];
  if (wanted === undefined) return nextFreePort(preferredPort);
  const port = Number(wanted);
  if (!(await isFree(port))) throw new Error(`Port ${wanted} (PORT) is taken. Choose another or leave PORT unset.`);
  return port;
}

/** Starts Postgres and Temporal, applies migrations, builds the pages, then starts the API and the worker. */
export function startStack({ home, watch, claim, report }: StackOptions): Stack {
  const servers: SupervisedPart[] = [];
  const ours: SupervisedPart[] = [];
  const ids: Record<string, ProcessId> = {};
  let stopping = false;

  const stillWanted = (): void => {
    if (stopping) throw new Error('The start was interrupted.');
  };

  async function timed<T>(what: string, work: Promise<T>, words: (result: T) => string): Promise<T> {
    const from = performance.now();
    const result = await work;
    report(`  ${what.padEnd(11)}${words(result)} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
    return result;
  }

  async function startOurs(name: string, plan: Omit<Parameters<typeof nodePart>[0], 'name' | 'onStart' | 'watch'>) {
    const onStart = (id: ProcessId): void => {
      ids[name] = id;
      claim.update({ parts: { ...ids } });
    };
    const part = new SupervisedPart(nodePart({ name, watch, onStart, ...plan }), report);
    ours.push(part);
    await part.start();
  }

  async function up(): Promise<string> {
    const pages = timed('Pages', buildUserInterface(), (built) => (built ? 'built' : 'up to date'));
    pages.catch(() => undefined); // Awaited below; a failure of the servers comes first.
    const [database, temporal] = await Promise.all([
      timed('Postgres', openDatabase(home, report, servers), ({ origin }) => origin),
      timed('Temporal', openTemporal(home, report, servers), ({ origin }) => origin),
    ]);
    stillWanted();
    await timed('Schema', migrate(database.url), (names) =>
      names.length === 0 ? 'up to date' : `migrated: ${names.join(', ')}`,
    );
    await pages;
    stillWanted();
    const port = await apiPort();
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: process.env['NODE_ENV'] ?? (watch ? 'development' : 'production'),
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ...(temporal.uiUrl && { TEMPORAL_UI_URL: temporal.uiUrl }),
      // Webhooks to this machine are what one tries first; elsewhere they are refused unless allowed.
      RIPEN_ALLOW_PRIVATE_ADDRESSES: process.env['RIPEN_ALLOW_PRIVATE_ADDRESSES'] ?? 'true',
      RIPEN_DATA_DIR: home,
      RIPEN_UI_DIR: userInterfaceDir,
    };
    const url = `http://${reachedAt(process.env['HOST'])}:${port}`;
    await Promise.all([
      timed(
        'API',
        startOurs('API', {
          entry: 'engine/src/main.ts',
          env: { ...env, PORT: String(port) },
          logPath: join(home, 'logs', 'api.log'),
          ready: { url: `${url}/health` },
        }),
        () => 'answers',
      ),
      timed(
        'Worker',
        startOurs('Worker', {
          entry: 'workflows/src/worker/main.ts',
          env,
          logPath: join(home, 'logs', 'worker.log'),
          ready: { line: '"ready":true' },
        }),
        () => 'works',
      ),
    ]);
    stillWanted();
    if (process.env['RIPEN_EXAMPLES'] === 'starter') {
      // Not being able to is no reason to stop a product that runs.
      await timed('Examples', applyExamples(home, url), (words) => words).catch((error: unknown) => {
        report(error instanceof Error ? error.message : String(error));
      });
    }
    stillWanted();
    claim.update({ url, databaseUrl: database.url, temporalAddress: temporal.address });
    return url;
  }

  const ready = up();
  ready.catch(() => undefined); // The caller awaits it; a stop during the start must not count as unhandled.
  return {
    ready,
    async stop() {
      stopping = true;
      claim.update({ stopping });
      await Promise.all(ours.map((part) => part.stop()));
      await Promise.all(servers.map((part) => part.stop()));
      claim.release();
    },
  };
}
