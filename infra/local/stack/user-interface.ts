import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { repoRoot } from '../home.ts';

const run = promisify(execFile);
const folder = join(repoRoot, 'builder-ui');

/** What the API serves at `/`. */
export const userInterfaceDir = join(folder, 'dist');

function* filesBelow(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name !== 'node_modules' && entry.name !== 'dist') yield* filesBelow(join(path, entry.name));
  }
}

/** Changes when anything that goes into the build does. */
function sourcesMark(): string {
  const hash = createHash('sha256');
  for (const path of [folder, join(repoRoot, 'shared/src'), join(repoRoot, 'pnpm-lock.yaml')]) {
    for (const file of [...filesBelow(path)].sort()) hash.update(relative(repoRoot, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds the pages people see, if their sources changed since the last time. Returns whether it built. */
export async function buildUserInterface(): Promise<boolean> {
  const stampPath = join(userInterfaceDir, '.built-from');
  const mark = sourcesMark();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === mark) return false;
  try {
    const vite = join(folder, 'node_modules/vite/bin/vite.js');
    await run(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: folder });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`The pages could not be built: ${output}`, { cause: error });
  }
  writeFileSync(stampPath, mark);
  return true;
}
