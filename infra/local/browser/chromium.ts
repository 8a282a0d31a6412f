import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Report, silent } from '../home.ts';

const run = promisify(execFile);

/** The names a Chromium goes by on a PATH, best first. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where a browser was found, for a test run's messages. */
export interface Chromium {
  readonly path: string;
  readonly origin: 'CHROMIUM_PATH' | 'on PATH' | 'cached' | 'installed' | 'downloaded';
}

/** What the search may use. */
export interface ChromiumSearch {
  /** A browser that some library fetches by itself: where it is once it is fetched, and how to fetch it. */
  readonly fetched: { readonly path: string; readonly fetch: () => Promise<void> };
  readonly env?: NodeJS.ProcessEnv;
  readonly report?: Report;
  /** Asks the system's packages for one; rejects where that is not possible. Tests replace it. */
  readonly install?: (env: NodeJS.ProcessEnv, report: Report) => Promise<void>;
}

async function works(path: string): Promise<boolean> {
  try {
    await run(path, ['--version'], { timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

async function onPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const path of folders.map((folder) => join(folder, name))) {
      if (existsSync(path) && (await works(path))) return path;
    }
  }
  return undefined;
}

/** Debian's package, which brings all libraries a browser needs. Only for root: others would be asked for a password. */
async function installPackage(env: NodeJS.ProcessEnv, report: Report): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('only root can install packages');
  if (!existsSync('/usr/bin/apt-get')) throw new Error('this is no Debian');
  report('Installing Chromium with apt-get; this happens once and takes a minute or two.');
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 1 << 26 };
  const install = ['install', '--yes', '--no-install-recommends', 'chromium'];
  await run('apt-get', install, options).catch(async () => {
    // Lists of packages that are old or were never fetched.
    await run('apt-get', ['update'], options);
    await run('apt-get', install, options);
  });
}

const sentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .split('\n')
    .filter(Boolean)
    .slice(0, 2)
    .join(' ')
    .slice(0, 300);

/**
 * Finds a Chromium: `CHROMIUM_PATH`, on PATH, or fetched earlier; else installs the system's package, else fetches one.
 * Throws one sentence with the remedy when none of these is possible.
 */
export async function ensureChromium(search: ChromiumSearch): Promise<Chromium> {
  const { env = process.env, report = silent, fetched } = search;
  const given = env['CHROMIUM_PATH'];
  if (given) {
    if (await works(given)) return { path: given, origin: 'CHROMIUM_PATH' };
    throw new Error(
      `CHROMIUM_PATH is "${given}", which does not run. Set it to a Chromium or Chrome, or leave it unset.`,
    );
  }
  const present = await onPath(env);
  if (present !== undefined) return { path: present, origin: 'on PATH' };
  if (existsSync(fetched.path) && (await works(fetched.path))) return { path: fetched.path, origin: 'cached' };

  const reasons: string[] = [];
  try {
    await (search.install ?? installPackage)(env, report);
    const installed = await onPath(env);
    if (installed !== undefined) return { path: installed, origin: 'installed' };
    reasons.push('the installed package has no program that runs');
  } catch (error) {
    reasons.push(sentence(error));
  }
  try {
    report('Downloading Chromium; this happens once and takes a minute or two.');
    await fetched.fetch();
    if (await works(fetched.path)) return { path: fetched.path, origin: 'downloaded' };
    reasons.push('the downloaded program does not run on this machine');
  } catch (error) {
    reasons.push(sentence(error));
  }
  throw new Error(
    `There is no Chromium, and it could be neither installed nor downloaded (${reasons.join('; ')}). ` +
      'Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
  );
}
