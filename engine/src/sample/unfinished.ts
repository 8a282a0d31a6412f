import { cancelImport } from '../lanes/loads.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import { ConflictError } from '../store/errors.ts';
import { writeProgress, type Job } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';
import type { SampleInput } from './input.ts';

/**
 * The last load of the sample, if it ended early and can go on; else null. Until then the clocks of the contacts that it
 * touched are held, as those of any historical load that is open.
 */
export const unfinishedSample = async (db: Queryable): Promise<Job<SampleInput> | null> => {
  const { rows } = await db.query<Job<SampleInput>>(
    `select j.id, j.status, j.input, j.done
     from (select * from jobs where kind = 'sample' order by created_at desc limit 1) j
     join imports i on i.id = (j.input->>'importId')::uuid
     where j.status in ('failed', 'cancelled') and i.status <> 'cancelled'`,
  );
  return rows[0] ?? null;
};

/** Leaves the rest of an unfinished load away: what was loaded stays, and time goes on for it. False: there is none. */
export const giveUpSample = async (deps: LaneDeps): Promise<boolean> => {
  const job = await unfinishedSample(deps.store.pool);
  if (job?.input.importId == null) return false;
  await cancelImport(deps, { importId: job.input.importId }).catch((failure: unknown) => {
    // All that it holds was sent already, and it is let go.
    if (!(failure instanceof ConflictError)) throw failure;
  });
  await writeProgress(deps.store.pool, { ...job, input: { ...job.input, importId: null } });
  return true;
};
