import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { runSteps, type Step, type StepResult } from './step.ts';

const root = resolve(import.meta.dirname, '../..');
const folders = ['shared', 'engine', 'workflows', 'builder-ui', 'infra', 'test'];

const types = (project: string): Step => ({ name: `types ${project}`, command: ['tsc', '--project', project] });

/** The longest first, so that two at a time end together. */
const steps: readonly Step[] = [
  { name: 'lint', command: ['eslint', '--max-warnings', '0', '.'] },
  types('.'),
  types('builder-ui'),
  types('shared'),
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'boundaries', command: ['depcruise', '--config', '.dependency-cruiser.cjs', ...folders] },
  { name: 'dead code', command: ['knip', '--no-progress', '--no-config-hints'] },
  { name: 'schema.sql', command: [process.execPath, 'infra/src/cli/dump.ts', '--check'] },
];

function tell({ name, passed, output, seconds }: StepResult): void {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  if (!passed) console.log(output.trimEnd());
}

/** Types, lint, format, boundaries, dead code and the dumped schema. Returns how many passed and failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const results = await runSteps(steps, root, Math.min(3, availableParallelism()), tell);
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed };
}
