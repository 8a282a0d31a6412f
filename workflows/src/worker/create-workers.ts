import { taskQueues } from '@ripen/shared/contract';
import { Worker, type NativeConnection, type WorkerOptions, type WorkflowBundleOption } from '@temporalio/worker';
import { createDeliveryActivities } from '../activities/deliveries.ts';
import { createJobActivities, type JobDeps } from '../activities/jobs.ts';
import { createLaneActivities, type LaneDeps } from '../activities/lanes.ts';
import { createOutboxActivities, type OutboxDeps } from '../activities/outbox.ts';
import { createRunActivities, type RunDeps } from '../activities/runs.ts';

/** What the activities do their work with: the engine's functions, or a test's. */
export interface WorkerDeps {
  lanes: LaneDeps;
  outbox: OutboxDeps;
  runs: RunDeps;
  jobs: JobDeps;
}

export interface WorkersOptions {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  /** How long activities may take to finish on shutdown before they are cancelled. Default 0: drains stop between batches. */
  shutdownGraceMs?: number;
}

export interface Workers {
  /** Rejects when a worker fails; resolves when all have stopped. */
  readonly stopped: Promise<void>;
  /** Stops taking work, lets what runs stop in good order, resolves when done. */
  shutdown(): Promise<void>;
}

/**
 * Sized apart, so that a slow outside or a long job takes nothing from scoring. Lanes are few and always the same; runs
 * are many and short, and caching more of the sleeping ones would only cost memory: their histories are a few events.
 */
const sizes = {
  lanes: {
    maxConcurrentActivityTaskExecutions: 64,
    maxConcurrentActivityTaskPolls: 4,
    maxConcurrentWorkflowTaskExecutions: 16,
    maxConcurrentWorkflowTaskPolls: 4,
    maxCachedWorkflows: 64,
  },
  runs: {
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentActivityTaskPolls: 8,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentWorkflowTaskPolls: 10,
    maxCachedWorkflows: 250,
  },
  deliveries: { maxConcurrentActivityTaskExecutions: 100, maxConcurrentActivityTaskPolls: 4 },
  jobs: {
    maxConcurrentActivityTaskExecutions: 4,
    maxConcurrentActivityTaskPolls: 2,
    maxConcurrentWorkflowTaskExecutions: 4,
    maxConcurrentWorkflowTaskPolls: 2,
    maxCachedWorkflows: 16,
  },
} as const satisfies Record<keyof typeof taskQueues, Partial<WorkerOptions>>;

/** Starts the workers, one per task queue, in this process, and lets them take work. */
export const createWorkers = async (deps: WorkerDeps, options: WorkersOptions): Promise<Workers> => {
  const { connection, namespace, workflowBundle, shutdownGraceMs = 0 } = options;
  const create = (queue: keyof typeof taskQueues, activities: object): Promise<Worker> =>
    Worker.create({
      connection,
      namespace,
      // Deliveries are activities only.
      ...(queue === 'deliveries' ? {} : { workflowBundle }),
      taskQueue: taskQueues[queue],
      activities,
      shutdownGraceTime: shutdownGraceMs,
      ...sizes[queue],
    });
  const workers = await Promise.all([
    create('lanes', { ...createLaneActivities(deps.lanes), ...createOutboxActivities(deps.outbox) }),
    create('runs', createRunActivities(deps.runs)),
    create('deliveries', createDeliveryActivities(deps.runs)),
    create('jobs', createJobActivities(deps.jobs)),
  ]);
  const running = workers.map((worker) => worker.run());
  const stopAll = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  // When one fails the others must not go on alone: the process ends and is started again.
  const stopped = Promise.all(running.map((run) => run.finally(stopAll))).then(() => undefined);
  stopped.catch(() => undefined);
  return {
    stopped,
    shutdown: async () => {
      stopAll();
      await Promise.allSettled(running);
    },
  };
};
