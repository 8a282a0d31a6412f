import type { JobKind } from '@ripen/shared';
import { announce } from './announce.ts';
import { ConflictError, isTaken, NotFoundError } from './errors.ts';
import type { Queryable } from './store.ts';

export type JobStatus = 'running' | 'completed' | 'failed' | 'cancelled';

/** Long work; what it works on and how far it has come is `input`, which is its own. */
export interface Job<Input, Result = never> {
  id: string;
  status: JobStatus;
  input: Input;
  done: number;
  total: number | null;
  /** What it found out so far; null for work that finds nothing out. */
  result: Result | null;
}

/** `skipped`: why it ends before it begins. */
export const insertJob = async (
  db: Queryable,
  job: { id: string; kind: JobKind; input: object; total: number | null; skipped?: string },
): Promise<void> => {
  const { id, kind, input, total, skipped } = job;
  await db.query(`insert into jobs (id, kind, status, input, total, error) values ($1, $2, $3, $4, $5, $6)`, [
    ...[id, kind, skipped === undefined ? 'running' : 'cancelled', JSON.stringify(input), total, skipped],
  ]);
  await announce(db, { jobs: [job.id] });
};

/** The caller knows what input its kind of job has. Throws NotFoundError. */
export const readJob = async <Input, Result = never>(db: Queryable, id: string): Promise<Job<Input, Result>> => {
  const { rows } = await db.query<Job<Input, Result>>(
    'select id, status, input, done, total, result from jobs where id = $1',
    [id],
  );
  const job = rows[0];
  if (!job) throw new NotFoundError('job', id);
  return job;
};

export const writeProgress = async (
  db: Queryable,
  { id, input, done }: { id: string; input: object; done: number },
): Promise<void> => {
  await db.query(`update jobs set input = $2, done = $3, updated_at = now() where id = $1`, [
    id,
    JSON.stringify(input),
    done,
  ]);
  await announce(db, { jobs: [id] });
};

/** The same for the transaction under way, which no other attempt at the job can pass. Throws NotFoundError. */
export const lockJob = async <Input, Result = never>(tx: Queryable, id: string): Promise<Job<Input, Result>> => {
  await tx.query('select 1 from jobs where id = $1 for no key update', [id]);
  return readJob(tx, id);
};

/** For work whose size is known only when it has begun. */
export const writeTotal = async (db: Queryable, { id, total }: { id: string; total: number }): Promise<void> => {
  await db.query('update jobs set total = $2, updated_at = now() where id = $1', [id, total]);
  await announce(db, { jobs: [id] });
};

/** How far work has come and what it found out: both at once, so that nothing is counted twice by who goes on after a crash. */
export const writeFound = async (
  db: Queryable,
  { id, input, done, result }: { id: string; input: object; done: number; result: object },
): Promise<void> => {
  await db.query(`update jobs set input = $2, done = $3, result = $4, updated_at = now() where id = $1`, [
    id,
    JSON.stringify(input),
    done,
    JSON.stringify(result),
  ]);
  await announce(db, { jobs: [id] });
};

/**
 * Lets a job that was cancelled or failed go on; false when it is in no state for it. Throws ConflictError where another of its
 * kind, of which there may be only one, is under way.
 */
export const reopenJob = async (db: Queryable, id: string): Promise<boolean> => {
  const { rowCount } = await db
    .query(
      `update jobs set status = 'running', error = null, updated_at = now() where id = $1 and status in ('cancelled', 'failed')`,
      [id],
    )
    .catch((error: unknown) => {
      if (!isTaken(error)) throw error;
      throw new ConflictError('Another run of the same is under way; let it end, or cancel it first.');
    });
  await announce(db, { jobs: [id] });
  return rowCount === 1;
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
  { olderThanMs }: { olderThanMs: number },
): Promise<{ id: string; kind: JobKind }[]> => {
  const { rows } = await db.query<{ id: string; kind: JobKind }>(
    `select id, kind from jobs where status = 'running' and updated_at < now() - $1 * interval '1 millisecond' order by id limit 100`,
    [olderThanMs],
  );
  return rows;
};
