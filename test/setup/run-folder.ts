import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { removePostgres, ripenHome } from '@ripen/infra';

const onDisk = join(ripenHome(), 'test', 'runs');
const inMemory = '/dev/shm';
const prefix = 'ripen-test-';
/** More than the databases of all tests take together. */
const roomyBytes = 4 * 2 ** 30;

const hasRoom = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize >= roomyBytes;
  } catch {
    return false;
  }
};

/**
 * The folder of this test run, named for its process, so that several runs do not meet. In memory where the machine has such a
 * place: hundreds of databases are made and dropped again, and none of them is to survive anything.
 */
export const runFolder = hasRoom()
  ? join(inMemory, `${prefix}${process.pid}`)
  : join(onDisk, `${prefix}${process.pid}`);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes what runs that were killed left behind in `runs`: their servers and their data. */
async function clearLeftovers(runs: string): Promise<void> {
  for (const name of readdirSync(runs)) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue;
    const dir = join(runs, name);
    await removePostgres(join(dir, 'postgres'));
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Makes the folder, where nothing of an earlier run is left. */
export async function prepareRunFolder(): Promise<void> {
  mkdirSync(onDisk, { recursive: true });
  for (const runs of hasRoom() ? [onDisk, inMemory] : [onDisk]) await clearLeftovers(runs);
  mkdirSync(runFolder, { recursive: true });
  // The user who runs Postgres is another one.
  chmodSync(runFolder, 0o755);
}
