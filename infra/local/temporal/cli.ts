import { execFile } from 'node:child_process';
import { chmodSync, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { ripenHome, type Report, silent, userCache } from '../home.ts';
import { startChild } from '../process/child.ts';

const run = promisify(execFile);

/** The last version that `go install` can build: later ones have a `replace` in their go.mod. */
export const temporalCliVersion = '1.5.1';

const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** Where a Temporal command line was found, for the start's messages. */
export interface TemporalCli {
  readonly path: string;
  readonly origin: 'on PATH' | 'cached' | 'downloaded' | 'built';
}

/** What the search may use; tests replace parts of it. */
export interface TemporalCliSearch {
  readonly env?: NodeJS.ProcessEnv;
  readonly report?: Report;
  readonly download?: (target: string) => Promise<void>;
  readonly build?: (target: string) => Promise<void>;
}

async function works(path: string): Promise<boolean> {
  try {
    await run(path, ['--version'], { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, executable)).filter((path) => existsSync(path));
}

/** Fetches the released archive and unpacks it. Fails fast where downloads are not possible. */
async function download(target: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = `https://temporal.download/cli/archive/v${temporalCliVersion}?platform=${platform}&arch=${arch}`;
  const work = `${target}.download`;
  mkdirSync(work, { recursive: true });
  try {
    // The headers must come at once; the 40 MB behind them may take their time.
    const headers = new AbortController();
    const timer = setTimeout(() => headers.abort(new Error('no answer within 8 s')), 8_000);
    const response = await fetch(url, { signal: headers.signal }).finally(() => clearTimeout(timer));
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const archive = join(work, platform === 'windows' ? 'temporal.zip' : 'temporal.tar.gz');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(archive));
    await run('tar', ['-xf', archive, '-C', work]);
    chmodSync(join(work, executable), 0o755);
    renameSync(join(work, executable), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Builds it with Go from the module proxy, about 3.5 minutes on two cores. */
async function build(target: string, env: NodeJS.ProcessEnv, report: Report): Promise<void> {
  try {
    await run('go', ['version'], { env });
  } catch {
    throw new Error('Go is not installed');
  }
  const bin = `${target}.build`;
  mkdirSync(bin, { recursive: true });
  let downloads = 0;
  const started = performance.now();
  const tell = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    report(`  still building Temporal, ${seconds} s so far, ${downloads} modules fetched.`);
  }, 20_000);
  try {
    const child = await startChild({
      name: 'go install',
      command: 'go',
      args: ['install', `github.com/temporalio/cli/cmd/temporal@v${temporalCliVersion}`],
      cwd: bin,
      env: { ...env, GOBIN: bin, GOFLAGS: '' },
      logPath: join(ripenHome(env), 'logs', 'temporal-build.log'),
      onLine: (line) => {
        if (line.startsWith('go: downloading')) downloads++;
      },
    });
    const stop = (): void => void child.stop('SIGTERM', 1_000);
    process.once('exit', stop);
    const exit = await child.exited;
    process.off('exit', stop);
    if (!existsSync(join(bin, executable))) {
      throw new Error(`go install ${exit.reason}: ${exit.lastLines.slice(-2).join(' / ')}`);
    }
    renameSync(join(bin, executable), target);
  } finally {
    clearInterval(tell);
    rmSync(bin, { recursive: true, force: true });
  }
}

/** The cache folders, best first: the user's, shared by all clones; this clone's own where that one cannot be written. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const shared = join(userCache(env), 'bin');
  try {
    mkdirSync(shared, { recursive: true });
    return shared;
  } catch {
    const own = join(ripenHome(env), 'bin');
    mkdirSync(own, { recursive: true });
    return own;
  }
}

/**
 * Finds the Temporal command line: on PATH, cached, downloaded, or built with Go, in this order.
 * Throws one sentence with the remedy when none of these is possible.
 */
export async function ensureTemporalCli(search: TemporalCliSearch = {}): Promise<TemporalCli> {
  const { env = process.env, report = silent } = search;
  for (const path of onPath(env)) {
    if (await works(path)) return { path, origin: 'on PATH' };
  }
  const fileName = `temporal-${temporalCliVersion}${process.platform === 'win32' ? '.exe' : ''}`;
  const cached = [join(ripenHome(env), 'bin', fileName), join(userCache(env), 'bin', fileName)];
  for (const path of cached) {
    if (existsSync(path) && (await works(path))) return { path, origin: 'cached' };
  }

  const target = join(cacheFolder(env), fileName);
  const partial = `${target}.${process.pid}`;
  const reasons: string[] = [];
  const ways = [
    {
      origin: 'downloaded' as const,
      words: `Downloading Temporal ${temporalCliVersion}.`,
      make: () => (search.download ?? download)(partial),
    },
    {
      origin: 'built' as const,
      words: `Building Temporal ${temporalCliVersion} with Go; this happens once and takes about four minutes.`,
      make: () => search.build?.(partial) ?? build(partial, env, report),
    },
  ];
  for (const way of ways) {
    report(way.words);
    try {
      await way.make();
      if (!(await works(partial))) throw new Error('the program does not run on this machine');
      renameSync(partial, target);
      return { path: target, origin: way.origin };
    } catch (error) {
      const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : '';
      reasons.push(reason);
      report(`  That did not work: ${reason}.`);
      rmSync(partial, { force: true });
    }
  }
  throw new Error(
    `Temporal could be neither downloaded nor built (${reasons.join('; ')}). ` +
      'Install the temporal command line or Go 1.24 or later, or set TEMPORAL_ADDRESS to a server.',
  );
}
