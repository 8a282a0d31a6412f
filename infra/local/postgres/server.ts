import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Report, silent } from '../home.ts';
import { freePort } from '../ports.ts';
import { type Child, type Exit, startChild } from '../process/child.ts';
import { commandLine, identify, isAlive, type ProcessId } from '../process/identity.ts';
import { stopLeftover } from '../process/leftover.ts';
import { waitUntil } from '../wait.ts';
import { lodge, type Lodging } from './account.ts';
import { postgresBinaries } from './binaries.ts';

const run = promisify(execFile);
const user = 'ripen';
const database = 'ripen';

/** How to start an embedded Postgres. */
export interface PostgresOptions {
  /** Holds the data directory, the log and the record of the running server. Made when missing. */
  readonly dir: string;
  /** Fails when taken. Without it: the port of the last start if free, else any free one. */
  readonly port?: number;
  /** False trades safety for speed (no fsync) in throw-away test databases. Default true. */
  readonly durable?: boolean;
  /** More server settings, such as `{ max_connections: '300' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default: `postgres.log` in `dir`. */
  readonly logPath?: string;
  readonly report?: Report;
}

/** A running Postgres of ours. */
export interface PostgresServer {
  /** Connects to the database `ripen` as its owner. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server is gone, however it went. */
  readonly exited: Promise<Exit>;
  /** Fast shutdown: open connections are ended, everything committed stays. */
  stop(): Promise<void>;
}

interface ServerRecord {
  readonly owner: ProcessId;
  readonly server: ProcessId;
  readonly port: number;
}

function readRecord(path: string): ServerRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ServerRecord; // Written by this file only.
  } catch {
    return undefined;
  }
}

/** Whether an ended process is gone from the system's table too, after waiting for that for a moment. */
async function collected(pid: number): Promise<boolean> {
  for (const deadline = performance.now() + 2_000; performance.now() < deadline; await delay(20)) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
  }
  return false;
}

/** Stops a server that an earlier, hard-killed start left on this data; throws when its starter is still alive. */
async function clearLeftover(
  dir: string,
  record: ServerRecord | undefined,
  dataDir: string,
  report: Report,
): Promise<void> {
  if (record !== undefined && isAlive(record.server)) {
    if (isAlive(record.owner) && record.owner.pid !== process.pid) {
      throw new Error(`Postgres in ${dir} is already run by process ${record.owner.pid}. Stop that one first.`);
    }
    report('Stopping the Postgres that an earlier start left running.');
    await stopLeftover(record.server, 'SIGINT', 20_000);
  }
  const pidFile = join(dataDir, 'postmaster.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
  const id = pid > 0 ? identify(pid) : undefined;
  if (id === undefined) {
    // Postgres clears the file of a dead server itself, after making sure that its last backends are gone. To Postgres a
    // process that ended and was not collected yet is alive; where nobody collects it (some containers), its backends have
    // long noticed by the time we give up waiting.
    if (pid > 0 && !(await collected(pid))) rmSync(pidFile, { force: true });
    return;
  }
  if (commandLine(pid).includes(dataDir)) {
    report('Stopping the Postgres that an earlier start left running.');
    await stopLeftover(id, 'SIGINT', 20_000);
  } else {
    // A stranger has that pid now (usual in containers, where pids start over); Postgres would refuse to start.
    rmSync(pidFile, { force: true });
  }
}

async function initialise(lodging: Lodging, dataDir: string, passwordFile: string): Promise<void> {
  const fresh = `${dataDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const args = ['-D', fresh, '-U', user, '--pwfile', passwordFile, '--auth=scram-sha-256', '--encoding=UTF8'];
  // One collation everywhere: order by code point, whatever the machine's locale is.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  await run(lodging.binaries.initdb, args, {
    cwd: lodging.dir,
    ...lodging.account,
    env: { ...process.env, LC_ALL: 'C' },
  });
  // Renamed last, so that an interrupted initialisation is never taken for a database.
  renameSync(fresh, dataDir);
}

function settings(options: PostgresOptions): Record<string, string> {
  const durable = options.durable ?? true;
  const sharedMegabytes = durable ? Math.min(1024, Math.max(128, Math.floor(totalmem() / 4 / 2 ** 20))) : 128;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: `${sharedMegabytes}MB`,
    max_connections: '200',
    max_wal_size: '4GB',
    random_page_cost: '1.1',
    jit: 'off',
    log_min_messages: 'warning',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    ...options.settings,
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // A server that ends during the wait is reported by its exit.
  await client.connect();
  return client;
}

async function waitReady(child: Child, adminUrl: string): Promise<void> {
  await waitUntil({
    what: 'Postgres',
    timeoutMs: 300_000, // Recovery after a hard kill replays the log first; while the process lives, it is worth waiting.
    failed: () => {
      const exit = child.exit();
      return exit && `Postgres ${exit.reason}: ${exit.lastLines.slice(-3).join(' / ')}`;
    },
    until: async () => {
      const client = await connect(adminUrl);
      try {
        const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
        if (rowCount === 0) await client.query(`create database ${database}`);
      } finally {
        await client.end();
      }
      return true;
    },
  });
}

/**
 * Starts the server and waits for it. When only the main process was killed, its backends need a moment to notice, and
 * Postgres rightly refuses to start beside them: then it is tried again.
 */
async function startReady(start: () => Promise<Child>, adminUrl: string): Promise<Child> {
  for (let attempt = 1; ; attempt++) {
    const child = await start();
    try {
      await waitReady(child, adminUrl);
      return child;
    } catch (error) {
      await child.stop('SIGINT');
      const refused = child.exit()?.lastLines.some((line) => line.includes('pre-existing shared memory block'));
      if (refused !== true || attempt === 50) throw error;
      await delay(200);
    }
  }
}

/** Stops whatever an ended process left running on `dir` and deletes the data there: for throw-away databases of tests. */
export async function removePostgres(dir: string): Promise<void> {
  if (!existsSync(dir)) return;
  const lodging = lodge(dir, await postgresBinaries());
  await clearLeftover(dir, readRecord(join(dir, 'server.json')), join(lodging.dir, 'data'), silent);
  rmSync(lodging.dir, { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
}

/**
 * Starts an embedded Postgres 18 on `dir` and waits until it answers. Data persists; the same `dir` finds it again, also
 * after a hard kill. As root it runs as the user "postgres". Throws one sentence when it cannot.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const report = options.report ?? silent;
  const lodging = lodge(options.dir, await postgresBinaries());
  if (lodging.dir !== options.dir) {
    report(`Postgres does not run as root and its user cannot reach ${options.dir}: its data is in ${lodging.dir}.`);
  }
  const dataDir = join(lodging.dir, 'data');
  const recordPath = join(options.dir, 'server.json');
  const passwordFile = join(lodging.dir, 'password');
  const record = readRecord(recordPath);
  await clearLeftover(options.dir, record, dataDir, report);

  if (!existsSync(dataDir)) {
    writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
    if (lodging.account) chownSync(passwordFile, lodging.account.uid, lodging.account.gid);
    report('Making a new Postgres database.');
    await initialise(lodging, dataDir, passwordFile);
  }
  const port = options.port ?? (await freePort([record?.port]));
  const password = readFileSync(passwordFile, 'utf8').trim();
  const at = `postgres://${user}:${password}@127.0.0.1:${port}`;
  const flags = Object.entries(settings(options)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = async (): Promise<Child> => {
    const child = await startChild({
      name: 'Postgres',
      command: lodging.binaries.postgres,
      args: ['-D', dataDir, '-p', String(port), ...flags],
      cwd: lodging.dir,
      env: { ...process.env, LC_ALL: 'C' },
      logPath: options.logPath ?? join(options.dir, 'postgres.log'),
      ...(lodging.account && { account: lodging.account }),
    });
    const owner = identify(process.pid);
    if (owner) writeFileSync(recordPath, JSON.stringify({ owner, server: child.id, port } satisfies ServerRecord));
    return child;
  };
  const child = await startReady(start, `${at}/postgres`);
  return {
    url: `${at}/${database}`,
    port,
    pid: child.pid,
    exited: child.exited,
    stop: () => child.stop('SIGINT', 30_000),
  };
}
