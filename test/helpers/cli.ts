import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export const repo = resolve(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `ripen` as people run it: a process of its own, at the repo's root. */
export const ripen = (argv: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(repo, 'engine/src/cli/main.ts'), ...argv], {
      cwd: repo,
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => done({ code, ...said }));
  });

/** The same, failing with what it said unless it ends well. */
export const ripenWell = async (argv: readonly string[], env?: Record<string, string>): Promise<Ended> => {
  const ended = await ripen(argv, env);
  if (ended.code !== 0)
    throw new Error(`ripen ${argv.join(' ')} ended with ${ended.code}: ${ended.stderr.slice(-3_000)}`);
  return ended;
};
