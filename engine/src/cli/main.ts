#!/usr/bin/env node
import { runCli } from './run-cli.ts';

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // A second Ctrl-C does not wait for the safe point.
  process.on(signal, () => (abort.signal.aborted ? process.exit(130) : abort.abort()));
}
// A reader that went away (`ripen simulate ... | head`) ends the command, not with a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: abort.signal,
});
