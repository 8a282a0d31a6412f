import { PassThrough, Readable } from 'node:stream';
import type { ExitCode } from './cli-error.ts';
import { runCli } from './run-cli.ts';

export interface CliRun {
  code: ExitCode;
  stdout: string;
  stderr: string;
}

export interface CliSurroundings {
  cwd: string;
  stdin?: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/** Runs a command line in this process and collects what it writes. For tests. */
export const runForTest = async (argv: readonly string[], surroundings: CliSurroundings): Promise<CliRun> => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const texts = Promise.all([textOf(stdout), textOf(stderr)]);
  const code = await runCli(argv, {
    stdin: Readable.from([surroundings.stdin ?? '']),
    stdout,
    stderr,
    env: surroundings.env ?? {},
    cwd: surroundings.cwd,
    signal: surroundings.signal ?? new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  const [out, error] = await texts;
  return { code, stdout: out, stderr: error };
};

const textOf = async (stream: Readable): Promise<string> => {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
};
