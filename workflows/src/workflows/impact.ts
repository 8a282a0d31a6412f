import { proxyActivities } from '@temporalio/workflow';
import type { JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { measureImpact } = proxyActivities<JobActivities>(jobOptions);
const { endJob } = proxyActivities<JobActivities>(shortOptions);

/** Measures what publishing would change, reading only; progress and result are in `jobs`. */
export async function impact({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => measureImpact({ jobId }),
    (ended) => endJob({ jobId, ...ended }),
  );
}
