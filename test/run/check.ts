import { runChecks } from './checks.ts';

// `npm run check`: what can be known about the code without running it.
const { passed, failed } = await runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
