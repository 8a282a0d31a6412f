import { randomUUID } from 'node:crypto';
import { plainArray } from '../store/bulk.ts';
import { insertJob, readJob, writeProgress } from '../store/jobs.ts';
import type { LaneDeps } from './deps.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { rebuildContact } from './rebuild.ts';

/** What a rebuild works on and how far it has come. Contacts are taken in the order of their ids. */
interface RebuildInput {
  /** Null: all of them. */
  contacts: string[] | null;
  /** Contacts up to this id are done. */
  after: string | null;
}

/**
 * Writes down that contacts (null: all) are to be rebuilt, and starts the job's workflow. Should Temporal be away, the job
 * is there and `resumeJobs` starts it later. Returns the job's id.
 */
export const startRebuild = async (deps: JobDeps, { contacts }: { contacts: string[] | null }): Promise<string> => {
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
  await startJobWorkflow(deps, { kind: 'rebuild', id });
  return id;
};

const page = 100;

/** Rebuilds a job's contacts in the order of their ids, going on where an earlier attempt stopped. Throws NotFoundError. */
export const rebuildContacts = async (
  deps: LaneDeps,
  { jobId, now, signal }: { jobId: string; now: number; signal?: AbortSignal },
): Promise<void> => {
  const { pool } = deps.store;
  const job = await readJob<RebuildInput>(pool, jobId);
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
