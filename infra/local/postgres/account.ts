import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';

/** Who runs the server and where, after making allowance for root. */
export interface Lodging {
  readonly account?: { readonly uid: number; readonly gid: number };
  /** The folder the data directory goes into. */
  readonly dir: string;
  readonly binaries: PostgresBinaries;
}

const fallbackRoot = '/var/lib/ripen';

function idOf(flag: '-u' | '-g'): number | undefined {
  try {
    return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

function postgresAccount(): { uid: number; gid: number } {
  if (idOf('-u') === undefined) {
    try {
      execFileSync('groupadd', ['--force', 'postgres'], { stdio: 'ignore' });
      execFileSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'], { stdio: 'ignore' });
    } catch (error) {
      throw new Error('Postgres does not run as root, and no user "postgres" could be made. Start as another user.', {
        cause: error,
      });
    }
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === undefined || gid === undefined) throw new Error('The user "postgres" could not be looked up.');
  return { uid, gid };
}

/** Whether that user gets through every folder above the path: a clone below /root is closed to all but root. */
function reachable(path: string, { uid, gid }: { uid: number; gid: number }): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const stat = statSync(folder);
      const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
      if ((stat.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Decides who runs Postgres and where. Ordinary users: they do, in `dir`. Root (containers): the user "postgres", made if
 * missing; where that user cannot reach `dir` or the programs, they move below /var/lib/ripen. A note in `dir` says where the
 * data went, so that the same clone finds it again, and a deleted `dir` starts over.
 */
export function lodge(dir: string, binaries: PostgresBinaries): Lodging {
  mkdirSync(dir, { recursive: true });
  if (process.getuid?.() !== 0) return { dir, binaries };
  const account = postgresAccount();
  let home = dir;
  if (!reachable(join(dir, 'data'), account)) {
    home = homeElsewhere(dir);
    mkdirSync(home, { recursive: true });
  }
  chownSync(home, account.uid, account.gid);
  return { account, dir: home, binaries: reachable(binaries.postgres, account) ? binaries : copied(binaries) };
}

function homeElsewhere(dir: string): string {
  const note = join(dir, 'data-is-in');
  if (!existsSync(note)) writeFileSync(note, join(fallbackRoot, randomUUID()));
  return readFileSync(note, 'utf8').trim();
}

function copied(binaries: PostgresBinaries): PostgresBinaries {
  const native = dirname(dirname(binaries.postgres));
  const mark = createHash('sha256')
    .update(`${native}:${statSync(binaries.postgres).mtimeMs}`)
    .digest('hex')
    .slice(0, 12);
  const target = join(fallbackRoot, `programs-${mark}`);
  if (!existsSync(target)) {
    // Copied aside and renamed, so that an interrupted copy is never taken for a whole one.
    const partial = `${target}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, target);
  }
  return {
    initdb: join(target, 'bin', basename(binaries.initdb)),
    postgres: join(target, 'bin', basename(binaries.postgres)),
  };
}
