import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removePostgres, ripenHome } from '@ripen/infra';

const runs = join(ripenHome(), 'test', 'runs');

/** The folder of this test run, named for its process, so that several runs in one checkout do not meet. */
export const runFolder = join(runs, String(process.pid));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Makes the folder and removes what runs that were killed left behind: their servers and their data. */
export async function prepareRunFolder(): Promise<void> {
  mkdirSync(runFolder, { recursive: true });
  for (const name of readdirSync(runs)) {
    if (isRunning(Number(name))) continue;
    const dir = join(runs, name);
    await removePostgres(join(dir, 'postgres'));
    rmSync(dir, { recursive: true, force: true });
  }
}
