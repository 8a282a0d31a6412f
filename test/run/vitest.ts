import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ripenHome } from '@ripen/infra';
import { costsOf, type FileCost } from './costs.ts';

const root = resolve(import.meta.dirname, '../..');

/** What is read of Vitest's JSON report. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly (FileCost & {
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  })[];
}

/** Runs Vitest with these arguments; a file that cannot be loaded, or a run that breaks off, counts as failed too. */
export async function runVitest(args: readonly string[]): Promise<{ passed: number; failed: number }> {
  const reportPath = join(ripenHome(), 'test', 'vitest.json');
  mkdirSync(dirname(reportPath), { recursive: true });
  rmSync(reportPath, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const child = spawn('vitest', ['run', ...reporters, ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number>((done) => {
    child.on('error', () => done(1));
    child.on('exit', (exitCode) => done(exitCode ?? 1));
  });
  if (!existsSync(reportPath)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(reportPath, 'utf8')) as Report; // Written by Vitest just now.
  if (args.length === 0) console.log(costsOf(report.testResults, root));
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = report.numFailedTests + unloaded.length;
  return { passed: report.numPassedTests, failed: code === 0 ? failed : Math.max(1, failed) };
}
