import { proxyActivities } from '@temporalio/workflow';
import type { JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { runBackTest } = proxyActivities<JobActivities>(jobOptions);
const { endJob } = proxyActivities<JobActivities>(shortOptions);

/** Plays a draft over history beside the live version, reading only; progress and result are in `jobs`. */
export async function backTest({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => runBackTest({ jobId }),
    (ended) => endJob({ jobId, ...ended }),
  );
}
