import { join, resolve } from 'node:path';
import { nodeFlags, startChild, waitUntil, type Child } from '@ripen/infra';

const root = resolve(import.meta.dirname, '../../..');

/** API and worker, as the local stack starts them. */
export interface Processes {
  readonly apiPid: number;
  readonly workerPid: number;
  stop(): Promise<void>;
}

export interface ProcessesOptions {
  env: NodeJS.ProcessEnv;
  /** Where the API will answer. */
  url: string;
  logDir: string;
  /** Both processes leave a CPU profile there when they stop. */
  profileDir: string | undefined;
}

const flagsOf = (profileDir: string | undefined): string[] => [
  ...nodeFlags,
  '--expose-gc',
  '--import',
  join(import.meta.dirname, 'memory-probe.ts'),
  ...(profileDir === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', resolve(profileDir)]),
];

/** Starts both and waits until both work. */
export const startProcesses = async ({ env, url, logDir, profileDir }: ProcessesOptions): Promise<Processes> => {
  let workerReady = false;
  const start = (part: string, entry: string, onLine: (line: string) => void): Promise<Child> =>
    startChild({
      name: part,
      command: process.execPath,
      args: [...flagsOf(profileDir), join(root, entry)],
      cwd: root,
      env,
      logPath: join(logDir, `${part}.log`),
      onLine,
    });
  const api = await start('api', 'engine/src/main.ts', () => undefined);
  const worker = await start('worker', 'workflows/src/worker/main.ts', (line) => {
    if (line.includes('"ready":true')) workerReady = true;
  });
  const stop = async (): Promise<void> => {
    await Promise.all([api.stop('SIGTERM', 20_000), worker.stop('SIGTERM', 20_000)]);
  };
  try {
    await waitUntil({
      what: 'The product',
      timeoutMs: 60_000,
      failed: () => {
        const exit = api.exit() ?? worker.exit();
        return exit && `A process of the product ${exit.reason}: ${exit.lastLines.join(' / ')}`;
      },
      until: async () => workerReady && (await fetch(`${url}/health`)).ok,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { apiPid: api.pid, workerPid: worker.pid, stop };
};
