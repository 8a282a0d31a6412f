import { relative } from 'node:path';
import { ripenHome, repoRoot } from '../home.ts';
import { claimStack } from './state.ts';
import { type Stack, startStack } from './supervisor.ts';

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
const home = ripenHome();
const shownHome = relative(repoRoot, home).startsWith('..') ? home : relative(repoRoot, home);

let stack: Stack | undefined = undefined;
let stopAskedAt: number | undefined;

async function stop(exitCode: number): Promise<void> {
  if (stopAskedAt !== undefined) {
    // The same Ctrl-C may arrive twice, from the terminal and from the bootstrap; a person's second one comes later.
    if (performance.now() - stopAskedAt > 1_000) say('Still stopping; every part is ended after 60 s at the latest.');
    return;
  }
  stopAskedAt = performance.now();
  if (exitCode === 0) say('Stopping.');
  // Before there is a stack, what an earlier start left behind is being ended; the check below goes on from there.
  if (stack === undefined) return;
  await stack.stop();
  if (exitCode === 0) say(`Ripen has stopped; its data stays in ${shownHome}.`);
  process.exit(exitCode);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

const claim = await claimStack(home);
if ('pid' in claim) {
  say(
    claim.url === undefined
      ? `Ripen is being started already, by process ${claim.pid}.`
      : `Ripen runs already at ${claim.url} (process ${claim.pid}).`,
  );
  process.exit(0);
}
if (stopAskedAt !== undefined) {
  claim.release();
  process.exit(0);
}

say(`Starting Ripen; everything it keeps is in ${shownHome}.`);
stack = startStack({ home, watch: process.argv.includes('--watch'), claim, report: say });
try {
  const url = await stack.ready;
  say(`Ripen runs at ${url} - open it to see what to do first; Ctrl-C stops it.`);
} catch (error) {
  if (stopAskedAt === undefined) {
    say(error instanceof Error ? error.message : String(error));
    await stop(1);
  }
}
