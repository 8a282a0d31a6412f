import { randomUUID } from 'node:crypto';
import { startJobWorkflow, type JobDeps } from '../lanes/job-workflow.ts';
import { cancelImport } from '../lanes/loads.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import { ConflictError } from '../store/errors.ts';
import { endJob, insertJob, readJob, type JobStatus } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';
import type { SampleInput } from './input.ts';

/** The seed of everybody's sample: people who talk about it see the same. */
const seed = 7;

/** Whether there is anything in the workspace that a sample would mix with. */
export const hasContacts = async (db: Queryable): Promise<boolean> => {
  const { rowCount } = await db.query('select 1 from contacts limit 1');
  return (rowCount ?? 0) > 0;
};

/**
 * Writes down that the sample workspace is to be loaded, and starts the job's workflow. `hooksAt` is where this server is
 * reached by its own worker; `now` is when the six months end. Returns the job's id. Throws ConflictError when the workspace
 * has contacts, or is being given the sample already.
 */
export const startSample = async (
  deps: JobDeps,
  { contacts, hooksAt, now }: { contacts: number; hooksAt: string; now: number },
): Promise<string> => {
  const id = randomUUID();
  const input: SampleInput = { seed, contacts, hooksAt, now, importId: null };
  await deps.store.transaction(async (tx) => {
    // Two who start it at once take turns here, and the second sees the first one's job.
    await tx.query("select pg_advisory_xact_lock(hashtextextended('ripen sample workspace', 0))");
    const { rowCount } = await tx.query("select 1 from jobs where kind = 'sample' and status = 'running' limit 1");
    if (rowCount) throw new ConflictError('The sample workspace is being loaded already.');
    if (await hasContacts(tx))
      throw new ConflictError(
        'The workspace has contacts, which the sample would mix with. The sample is for an empty workspace: start one with another RIPEN_HOME.',
      );
    await insertJob(tx, { id, kind: 'sample', input, total: null });
  });
  await startJobWorkflow(deps, { kind: 'sample', id });
  return id;
};

/** Ends the job; if it did not complete, what it holds is let go: what was loaded stays, and goes on living. */
export const endSample = async (
  deps: LaneDeps,
  { jobId, status, error }: { jobId: string; status: Exclude<JobStatus, 'running'>; error: string | null },
): Promise<void> => {
  const { importId } = (await readJob<SampleInput>(deps.store.pool, jobId)).input;
  if (status !== 'completed' && importId !== null) {
    await cancelImport(deps, { importId }).catch((failure: unknown) => {
      // It was being closed already.
      if (!(failure instanceof ConflictError)) throw failure;
    });
  }
  await endJob(deps.store.pool, { jobId, status, error });
};
