import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ripenHome } from '@ripen/infra';
import { runChecks } from './checks.ts';
import { runVitest } from './vitest.ts';

// `npm test`: every check and every test. With arguments (`npm test -- --project law`) only Vitest, with those.
const args = process.argv.slice(2);
const summaryPath = join(ripenHome(), 'test', 'summary.txt');
mkdirSync(join(ripenHome(), 'test'), { recursive: true });
rmSync(summaryPath, { force: true });

const checks = args.length === 0 ? await runChecks() : { passed: 0, failed: 0 };
const tests = await runVitest(args);
const failed = checks.failed + tests.failed;
const summary = `${checks.passed + tests.passed} passed, ${failed} failed`;
writeFileSync(summaryPath, `${summary}\n`);
console.log(summary);
process.exitCode = failed === 0 ? 0 : 1;
