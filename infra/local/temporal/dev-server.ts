import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Report, silent } from '../home.ts';
import { freePort } from '../ports.ts';
import { type Exit, startChild } from '../process/child.ts';
import { identify, isAlive, type ProcessId } from '../process/identity.ts';
import { stopLeftover } from '../process/leftover.ts';
import { ensureTemporalCli } from './cli.ts';
import { searchAttributes, waitForTemporal } from './search-attributes.ts';

/** How to start a Temporal dev server. */
export interface TemporalDevOptions {
  /** Holds the SQLite file, the log and the record of the running server. Made when missing. */
  readonly dir: string;
  /** Fails when taken. Without it: the port of the last start if free, else any free one. */
  readonly port?: number;
  /** Whether Temporal's own web UI is served too. Default false. */
  readonly ui?: boolean;
  /** The program, where the caller has found it already. */
  readonly cliPath?: string;
  /** Default: `temporal.log` in `dir`. */
  readonly logPath?: string;
  readonly report?: Report;
}

/** A running Temporal dev server of ours. */
export interface TemporalDevServer {
  /** host:port for clients and workers. */
  readonly address: string;
  readonly port: number;
  readonly namespace: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  /** Where it keeps its state, for tests that lose it. */
  readonly databasePath: string;
  /** Resolves when the server is gone, however it went. */
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

interface ServerRecord {
  readonly owner: ProcessId;
  readonly server: ProcessId;
  readonly port: number;
  readonly uiPort?: number;
}

function readRecord(path: string): ServerRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ServerRecord; // Written by this file only.
  } catch {
    return undefined;
  }
}

/** Stops a server that an earlier, hard-killed start left running; throws when its starter is still alive. */
async function clearLeftover(dir: string, record: ServerRecord | undefined, report: Report): Promise<void> {
  if (record === undefined || !isAlive(record.server)) return;
  if (isAlive(record.owner) && record.owner.pid !== process.pid) {
    throw new Error(`Temporal in ${dir} is already run by process ${record.owner.pid}. Stop that one first.`);
  }
  report('Stopping the Temporal that an earlier start left running.');
  await stopLeftover(record.server, 'SIGINT');
}

/** Stops what an ended process left running on `dir`: for throw-away servers of tests. */
export async function stopTemporalDev(dir: string): Promise<void> {
  await clearLeftover(dir, readRecord(join(dir, 'server.json')), silent);
}

/**
 * Starts Temporal's dev server on a SQLite file in `dir` and waits until it answers and knows Ripen's search attributes.
 * The same `dir` finds its workflows again, also after a hard kill. Throws one sentence when it cannot.
 */
export async function startTemporalDev(options: TemporalDevOptions): Promise<TemporalDevServer> {
  const report = options.report ?? silent;
  const { dir } = options;
  mkdirSync(dir, { recursive: true });
  const recordPath = join(dir, 'server.json');
  const record = readRecord(recordPath);
  await clearLeftover(dir, record, report);
  const cliPath = options.cliPath ?? (await ensureTemporalCli({ report })).path;
  const port = options.port ?? (await freePort([record?.port]));
  const uiPort = options.ui === true ? await freePort([record?.uiPort]) : undefined;
  const databasePath = join(dir, 'temporal.db');
  const child = await startChild({
    name: 'Temporal',
    command: cliPath,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', databasePath],
      // Write-ahead log without a sync per commit: about twice as fast, and safe against the death of the process.
      ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
      // What was logged goes into the database every 40 MB, not every 4: a seventh less work for each workflow started.
      ...['--sqlite-pragma', 'wal_autocheckpoint=10000'],
      // A workflow's answer brings its next activity along: 20 ms instead of 90 from a signal to a drain.
      ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
      // Attributes are registered below, before anything uses them: reading them again for every start took a quarter of its work.
      ...['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=false'],
      ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...['--log-level', 'error', '--log-format', 'json'],
      ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ],
    cwd: dir,
    // Go collects garbage when the heap has grown by so many percent: a tenth of Temporal's work at its default of 100.
    env: { GOGC: '400', ...process.env },
    logPath: options.logPath ?? join(dir, 'temporal.log'),
  });
  const owner = identify(process.pid);
  const entry = { server: child.id, port, ...(uiPort !== undefined && { uiPort }) };
  if (owner) writeFileSync(recordPath, JSON.stringify({ owner, ...entry } satisfies ServerRecord));
  const address = `127.0.0.1:${port}`;
  try {
    await waitForTemporal({
      address,
      namespace: 'default',
      timeoutMs: 60_000,
      failed: () => {
        const exit = child.exit();
        return exit && `Temporal ${exit.reason}: ${exit.lastLines.slice(-3).join(' / ')}`;
      },
    });
  } catch (error) {
    await child.stop('SIGINT', 3_000);
    throw error;
  }
  return {
    address,
    port,
    namespace: 'default',
    uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`,
    pid: child.pid,
    databasePath,
    exited: child.exited,
    stop: () => child.stop('SIGINT', 10_000),
  };
}
