import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

const isBuiltFrom = (mark: string): boolean => {
  const stamp = join(userInterfaceDir, '.built-from');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === mark;
};

/**
 * Builds the pages people see, if their sources changed since the last time. Returns whether it built. They are built aside and
 * put in place whole: another stack of this checkout may be serving those that are there, or building the same.
 */
export async function buildUserInterface(): Promise<boolean> {
  const mark = sourcesMark();
  if (isBuiltFrom(mark)) return false;
  const aside = join(folder, 'node_modules', `.pages-${process.pid}`);
  try {
    const vite = join(folder, 'node_modules/vite/bin/vite.js');
    const to = ['--outDir', aside, '--emptyOutDir'];
    await run(process.execPath, [vite, 'build', '--logLevel', 'error', ...to], { cwd: folder });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`The pages could not be built: ${output}`, { cause: error });
  }
  writeFileSync(join(aside, '.built-from'), mark);
  putInPlace(aside, mark);
  return true;
}

function putInPlace(aside: string, mark: string): void {
  const before = `${aside}-before`;
  try {
    if (isBuiltFrom(mark)) return;
    if (existsSync(userInterfaceDir)) renameSync(userInterfaceDir, before);
    renameSync(aside, userInterfaceDir);
  } catch (error) {
    // Somebody else's are there by now.
    if (!isBuiltFrom(mark)) throw error;
  } finally {
    for (const path of [aside, before]) rmSync(path, { recursive: true, force: true });
  }
}
