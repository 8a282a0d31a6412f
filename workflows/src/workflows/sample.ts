import { proxyActivities } from '@temporalio/workflow';
import type { JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { loadSample } = proxyActivities<JobActivities>(jobOptions);
const { endSample } = proxyActivities<JobActivities>(shortOptions);

/** Loads the sample workspace; progress and outcome are in `jobs`. */
export async function sample({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => loadSample({ jobId }),
    (ended) => endSample({ jobId, ...ended }),
  );
}
