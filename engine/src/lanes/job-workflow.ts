import { jobWorkflowId, taskQueues, workflowTypes, type JobKind } from '@ripen/shared';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type WorkflowClient } from '@temporalio/client';
import { describeError } from '../store/errors.ts';
import { endJob, stalledJobs } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';

export interface JobDeps {
  store: Store;
  workflows: Pick<WorkflowClient, 'start'>;
}

/** Starts a job's workflow; one that is under way is left alone. Should Temporal be away, `resumeJobs` starts it later. */
export const startJobWorkflow = async (
  { store, workflows }: JobDeps,
  { kind, id }: { kind: JobKind; id: string },
): Promise<void> => {
  try {
    await workflows.start(workflowTypes[kind], {
      workflowId: jobWorkflowId(id),
      taskQueue: taskQueues.jobs,
      args: [{ jobId: id }],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    store.logger.warn({ job: id, kind, error: describeError(error) }, 'a job could not be started; it will be later');
  }
};

/** Starts the workflows of jobs that have shown no progress for so long; those under way are left alone. */
export const resumeJobs = async (deps: JobDeps, { olderThanMs }: { olderThanMs: number }): Promise<void> => {
  for (const job of await stalledJobs(deps.store.pool, { olderThanMs })) await startJobWorkflow(deps, job);
};

/** Asks a job's workflow to end it in good order. A job that no workflow works on ends here. */
export const cancelJob = async (
  { store, workflows }: { store: Store; workflows: Pick<WorkflowClient, 'getHandle'> },
  jobId: string,
): Promise<void> => {
  try {
    await workflows.getHandle(jobWorkflowId(jobId)).cancel();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await endJob(store.pool, { jobId, status: 'cancelled', error: null });
  }
};
