import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { saturate } from '../measure/saturate.ts';

/** Bare workflows on the product's own Temporal, with a worker of their own. */
export interface TemporalBaseline {
  /** Runs so many workflows of one activity, as many at once as `clients`; returns workflows a second. */
  perEvent(count: number, clients: number): Promise<number>;
  /** One workflow with one activity at a time; returns how long each took, ms. */
  latencies(count: number): Promise<number[]>;
  /** Starts so many sleeping workflows; returns starts a second. */
  startSleepers(count: number, clients: number): Promise<number>;
  close(): Promise<void>;
}

const taskQueue = 'bench-baseline';
/** Once per process, before anything connects. */
const quietly = (): unknown => Runtime.install({ logger: new DefaultLogger('WARN') });

/** Connects to the Temporal at `address` and starts a worker for the baseline's workflows in this process. */
export const startTemporalBaseline = async (address: string, namespace: string): Promise<TemporalBaseline> => {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  quietly();
  const native = await NativeConnection.connect({ address });
  // The sizes that the product gives its runs.
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue,
    workflowBundle: { code },
    activities: { score: (event: string) => Promise.resolve(event.length) },
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentActivityTaskPolls: 8,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentWorkflowTaskPolls: 10,
    maxCachedWorkflows: 250,
  });
  const running = worker.run();
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const series = `${process.pid}-${Date.now().toString(36)}`;
  let made = 0;
  const idOf = (): string => `bench-${series}-${made++}`;
  const execute = (): Promise<unknown> =>
    client.workflow.execute('perEvent', { taskQueue, workflowId: idOf(), args: ['email_clicked'] });
  return {
    perEvent: (count, clients) => saturate(count, clients, execute),
    latencies: async (count) => {
      const taken: number[] = [];
      for (let index = 0; index < count; index++) {
        const from = performance.now();
        await execute();
        taken.push(performance.now() - from);
      }
      return taken;
    },
    startSleepers: (count, clients) =>
      saturate(count, clients, () => client.workflow.start('sleeper', { taskQueue, workflowId: idOf(), args: [30] })),
    close: async () => {
      worker.shutdown();
      await running;
      await connection.close();
      await native.close();
    },
  };
};
