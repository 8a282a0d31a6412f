import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TestServer } from '../api/support.ts';

export const repo = resolve(import.meta.dirname, '../../..');

/** A folder that is gone when the test is over. */
export const newDirectory = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'ripen-cli-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
};

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RipenCommand {
  start: (argv: readonly string[], cwd?: string) => { child: ChildProcess; ended: Promise<Ended> };
  ripen: (argv: readonly string[], cwd?: string) => Promise<Ended>;
}

/** The command as people run it: a process of its own. */
export const commandOf = (server: () => TestServer): RipenCommand => {
  const start: RipenCommand['start'] = (argv, cwd = repo) => {
    const child = spawn(process.execPath, [join(repo, 'engine/src/cli/main.ts'), ...argv], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', RIPEN_URL: server().url, RIPEN_KEY: server().admin },
    });
    const ended = new Promise<Ended>((done) => {
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
      child.on('close', (code) => done({ code, ...said }));
    });
    return { child, ended };
  };
  return { start, ripen: (argv, cwd) => start(argv, cwd).ended };
};
