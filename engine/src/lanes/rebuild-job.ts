import { randomUUID } from 'node:crypto';
import { jobWorkflowId, taskQueues, workflowTypes } from '@ripen/shared';
import { WorkflowExecutionAlreadyStartedError, type WorkflowClient } from '@temporalio/client';
import { plainArray } from '../store/bulk.ts';
import { describeError } from '../store/errors.ts';
import { insertJob, readJob, stalledJobs, writeProgress } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { rebuildContact } from './rebuild.ts';

export interface RebuildDeps {
  store: Store;
  workflows: Pick<WorkflowClient, 'start'>;
}

/**
 * Writes down that contacts (null: all) are to be rebuilt, and starts the job's workflow. Should Temporal be away, the job
 * is there and `resumeRebuilds` starts it later. Returns the job's id.
 */
export const startRebuild = async (deps: RebuildDeps, { contacts }: { contacts: string[] | null }): Promise<string> => {
  const id = randomUUID();
  const { rows } = await deps.store.pool.query<{ total: number }>(
    'select count(*)::int as total from contacts where merged_into is null and ($1::uuid[] is null or id = any($1::uuid[]))',
    [contacts === null ? null : plainArray(contacts)],
  );
  await insertJob(deps.store.pool, {
    id,
    kind: 'rebuild',
    input: { contacts, after: null },
    total: rows[0]?.total ?? 0,
  });
  await startWorkflow(deps, id);
  return id;
};

/** Starts the workflows of rebuilds that have shown no progress for so long; those under way are left alone. */
export const resumeRebuilds = async (deps: RebuildDeps, { olderThanMs }: { olderThanMs: number }): Promise<void> => {
  for (const id of await stalledJobs(deps.store.pool, { kind: 'rebuild', olderThanMs })) await startWorkflow(deps, id);
};

const startWorkflow = async ({ store, workflows }: RebuildDeps, jobId: string): Promise<void> => {
  try {
    await workflows.start(workflowTypes.rebuild, {
      workflowId: jobWorkflowId(jobId),
      taskQueue: taskQueues.jobs,
      args: [{ jobId }],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    store.logger.warn({ job: jobId, error: describeError(error) }, 'rebuild could not be started; it will be later');
  }
};

const page = 100;

/** Rebuilds a job's contacts in the order of their ids, going on where an earlier attempt stopped. Throws NotFoundError. */
export const rebuildContacts = async (
  deps: LaneDeps,
  { jobId, now, signal }: { jobId: string; now: number; signal?: AbortSignal },
): Promise<void> => {
  const { pool } = deps.store;
  const job = await readJob(pool, jobId);
  const { contacts } = job.input;
  let { after } = job.input;
  let { done } = job;
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      `select id from contacts where merged_into is null and ($1::uuid is null or id > $1) and ($2::uuid[] is null or id = any($2::uuid[]))
       order by id limit $3`,
      [after, contacts === null ? null : plainArray(contacts), page],
    );
    if (rows.length === 0) return;
    for (const { id } of rows) {
      signal?.throwIfAborted();
      await rebuildContact(deps, { contactId: id, now });
      after = id;
      await writeProgress(pool, { id: jobId, input: { contacts, after }, done: ++done });
    }
  }
};
