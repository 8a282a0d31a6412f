import { announce } from './announce.ts';
import { NotFoundError } from './errors.ts';
import type { Queryable } from './store.ts';

export type JobStatus = 'running' | 'completed' | 'failed' | 'cancelled';

/** What a rebuild works on and how far it has come. Contacts are taken in the order of their ids. */
export interface RebuildInput {
  /** Null: all of them. */
  contacts: string[] | null;
  /** Contacts up to this id are done. */
  after: string | null;
}

export interface RebuildJob {
  id: string;
  status: JobStatus;
  input: RebuildInput;
  done: number;
}

export const insertJob = async (
  db: Queryable,
  job: { id: string; kind: string; input: RebuildInput; total: number },
): Promise<void> => {
  await db.query(`insert into jobs (id, kind, status, input, total) values ($1, $2, 'running', $3, $4)`, [
    job.id,
    job.kind,
    JSON.stringify(job.input),
    job.total,
  ]);
  await announce(db, { jobs: [job.id] });
};

/** Throws NotFoundError. */
export const readJob = async (db: Queryable, id: string): Promise<RebuildJob> => {
  const { rows } = await db.query<RebuildJob>('select id, status, input, done from jobs where id = $1', [id]);
  const job = rows[0];
  if (!job) throw new NotFoundError('job', id);
  return job;
};

export const writeProgress = async (db: Queryable, { id, input, done }: Omit<RebuildJob, 'status'>): Promise<void> => {
  await db.query(`update jobs set input = $2, done = $3, updated_at = now() where id = $1`, [
    id,
    JSON.stringify(input),
    done,
  ]);
  await announce(db, { jobs: [id] });
};

/** Ends a job once; how it ended first stands. */
export const endJob = async (
  db: Queryable,
  { jobId, status, error }: { jobId: string; status: Exclude<JobStatus, 'running'>; error: string | null },
): Promise<void> => {
  await db.query(`update jobs set status = $2, error = $3, updated_at = now() where id = $1 and status = 'running'`, [
    jobId,
    status,
    error,
  ]);
  await announce(db, { jobs: [jobId] });
};

/** Jobs that should be under way but have shown no progress for a while. */
export const stalledJobs = async (
  db: Queryable,
  { kind, olderThanMs }: { kind: string; olderThanMs: number },
): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select id from jobs where kind = $1 and status = 'running' and updated_at < now() - $2 * interval '1 millisecond' order by id limit 100`,
    [kind, olderThanMs],
  );
  return rows.map(({ id }) => id);
};
