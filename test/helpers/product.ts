import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, removePostgres, ripenHome, startChild, stopTemporalDev, waitUntil } from '@ripen/infra';

const root = resolve(import.meta.dirname, '../..');

/** A part of the running product that a test may kill. */
export type PartName = 'API' | 'Worker' | 'Postgres' | 'Temporal';

/** The whole product, started as `npm start` does, by its own supervisor. */
export interface Product {
  readonly url: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly home: string;
  /** The keys that a first start made. */
  readonly keys: { readonly apiKey: string; readonly writeKey: string };
  /** The process id of a part as of now; it changes when the part was restarted. */
  pid(part: PartName): number;
  /** kill -9; the supervisor brings the part back. */
  kill(part: PartName): void;
  /** Everything the supervisor said so far. */
  said(): readonly string[];
  /** kill -9 of the supervisor itself, leaving its parts behind. */
  killSupervisor(): Promise<void>;
  stop(): Promise<void>;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T; // Files the product wrote itself; the callers name their shape.
}

interface StackFile {
  readonly supervisor: { readonly pid: number };
  readonly url?: string;
  readonly databaseUrl?: string;
  readonly temporalAddress?: string;
  readonly parts: Readonly<Record<string, { readonly pid: number } | undefined>>;
}

function pidOf(home: string, part: PartName): number {
  const pid =
    part === 'API' || part === 'Worker'
      ? readJson<StackFile>(join(home, 'stack.json')).parts[part]?.pid
      : readJson<{ server: { pid: number } }>(join(home, part.toLowerCase(), 'server.json')).server.pid;
  if (pid === undefined) throw new Error(`${part} does not run.`);
  return pid;
}

/**
 * A home folder that the user who runs Postgres can reach too, and that `remove` takes away with all its data. What is made of
 * sources alone (the workflows' bundle, some 2 s) is that of this checkout.
 */
export function temporaryHome(): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'ripen-home-'));
  chmodSync(path, 0o755);
  const cache = join(ripenHome(), 'cache');
  mkdirSync(cache, { recursive: true });
  symlinkSync(cache, join(path, 'cache'));
  const remove = async (): Promise<void> => {
    await removePostgres(join(path, 'postgres'));
    await stopTemporalDev(join(path, 'temporal'));
    rmSync(path, { recursive: true, force: true });
  };
  return { path, remove };
}

/**
 * Starts everything on a home folder of its own (`RIPEN_HOME`) and waits until it is usable. The same `home` finds its data
 * again. `env` adds to this process's environment, `args` is what else the command is given. The workspace is empty.
 */
export async function startProduct(
  home: string,
  env: NodeJS.ProcessEnv = {},
  args: readonly string[] = [],
): Promise<Product> {
  const said: string[] = [];
  const inherited = { ...process.env };
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'NODE_ENV']) delete inherited[name];
  const supervisor = await startChild({
    name: 'The stack',
    command: process.execPath,
    args: [join(root, 'infra/local/stack/main.ts'), ...args],
    cwd: root,
    env: { ...inherited, RIPEN_HOME: home, PORT: String(await freePort()), ...env },
    logPath: join(home, 'logs', 'supervisor.log'),
    onLine: (line) => said.push(line),
  });
  const stackPath = join(home, 'stack.json');
  await waitUntil({
    what: 'The stack',
    timeoutMs: 120_000,
    failed: () => supervisor.exit() && `The stack did not start: ${said.join('\n')}`,
    until: async () => {
      const state = readJson<StackFile>(stackPath);
      // An earlier stack that was killed leaves its file behind.
      return state.supervisor.pid === supervisor.pid && state.url !== undefined;
    },
  });
  const { url, databaseUrl, temporalAddress } = readJson<StackFile>(stackPath);
  if (url === undefined || databaseUrl === undefined || temporalAddress === undefined) {
    throw new Error('The stack left no addresses.');
  }
  return {
    url,
    databaseUrl,
    temporalAddress,
    home,
    keys: readJson(join(home, 'keys.json')),
    pid: (part) => pidOf(home, part),
    kill: (part) => void process.kill(pidOf(home, part), 'SIGKILL'),
    said: () => said,
    killSupervisor: () => supervisor.stop('SIGKILL'),
    stop: () => supervisor.stop('SIGTERM', 60_000),
  };
}
