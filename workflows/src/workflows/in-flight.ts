import { proxyActivities } from '@temporalio/workflow';
import type { JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { tellInFlight } = proxyActivities<JobActivities>(jobOptions);
const { endJob } = proxyActivities<JobActivities>(shortOptions);

/** Moves or cancels those who wait inside an automation; progress is in `jobs`. */
export async function inFlight({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => tellInFlight({ jobId, now: Date.now() }),
    (ended) => endJob({ jobId, ...ended }),
  );
}
