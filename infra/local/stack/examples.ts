import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repoRoot } from '../home.ts';

const run = promisify(execFile);
const examples = join(repoRoot, 'shared/examples/starter');

/** Gives an empty workspace the example definitions, by the command that people use. Returns what it said. */
export async function applyExamples(home: string, url: string): Promise<string> {
  const command = join(repoRoot, 'engine/src/cli/main.ts');
  try {
    const { stderr } = await run(process.execPath, [command, 'apply', examples, '--if-empty'], {
      cwd: repoRoot,
      env: { ...process.env, RIPEN_HOME: home, RIPEN_URL: url },
    });
    // Warnings come first, then what was done.
    return (stderr.trim().split('\n').at(-1) ?? '').replace(/\.$/, '');
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`The example definitions were not applied: ${said}`, { cause: error });
  }
}
