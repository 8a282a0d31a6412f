import { randomUUID } from 'node:crypto';
import { startJobWorkflow, type JobDeps } from '../lanes/job-workflow.ts';
import { ConflictError } from '../store/errors.ts';
import { insertJob, writeProgress } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';
import type { SampleInput } from './input.ts';
import { unfinishedSample } from './unfinished.ts';

/** The seed of everybody's sample: people who talk about it see the same. */
const seed = 7;

/** Whether there is anything in the workspace that a sample would mix with. */
const hasContacts = async (db: Queryable): Promise<boolean> => {
  const { rowCount } = await db.query('select 1 from contacts limit 1');
  return (rowCount ?? 0) > 0;
};

/**
 * Writes down that the sample workspace is to be loaded, and starts the job's workflow. A load that ended early goes on where
 * it was, with what it was begun with. `hooksAt` is where this server is reached by its own worker; `now` is when the six
 * months end. Returns the job's id. Throws ConflictError when the workspace has other contacts, or is being given the sample
 * already.
 */
export const startSample = async (
  deps: JobDeps,
  { contacts, hooksAt, now }: { contacts: number; hooksAt: string; now: number },
): Promise<string> => {
  const id = randomUUID();
  await deps.store.transaction(async (tx) => {
    // Two who start it at once take turns here, and the second sees the first one's job.
    await tx.query("select pg_advisory_xact_lock(hashtextextended('ripen sample workspace', 0))");
    const { rowCount } = await tx.query("select 1 from jobs where kind = 'sample' and status = 'running' limit 1");
    if (rowCount) throw new ConflictError('The sample workspace is being loaded already.');
    const unfinished = await unfinishedSample(tx);
    if (!unfinished && (await hasContacts(tx)))
      throw new ConflictError(
        'The workspace has contacts, which the sample would mix with. The sample is for an empty workspace: start one with another RIPEN_HOME.',
      );
    const input: SampleInput = unfinished?.input ?? { seed, contacts, hooksAt, now, importId: null };
    await insertJob(tx, { id, kind: 'sample', input, total: null });
    if (unfinished) await writeProgress(tx, { id, input, done: unfinished.done });
  });
  await startJobWorkflow(deps, { kind: 'sample', id });
  return id;
};
