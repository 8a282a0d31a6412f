import { proxyActivities } from '@temporalio/workflow';
import type { JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { rebuildContacts } = proxyActivities<JobActivities>(jobOptions);
const { endJob } = proxyActivities<JobActivities>(shortOptions);

/** Replays contacts' arrivals as new generations of their ledgers; progress and outcome are in `jobs`. */
export async function rebuild({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => rebuildContacts({ jobId, now: Date.now() }),
    (ended) => endJob({ jobId, ...ended }),
  );
}
