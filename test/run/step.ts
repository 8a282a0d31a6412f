import { spawn } from 'node:child_process';

/** One command of a check: counted as one test. */
export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** How a step ended, with all it printed. */
export interface StepResult {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly seconds: number;
}

async function runStep({ name, command: [program, ...args] }: Step, cwd: string): Promise<StepResult> {
  const from = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const end = (passed: boolean): void =>
      resolve({ name, passed, output, seconds: (performance.now() - from) / 1000 });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/** Runs all steps, `width` at a time, telling each result as it comes; a failing step does not stop the others. */
export async function runSteps(
  steps: readonly Step[],
  cwd: string,
  width: number,
  tell: (result: StepResult) => void,
): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await runStep(step, cwd);
      results.push(result);
      tell(result);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
