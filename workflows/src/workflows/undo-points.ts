import { proxyActivities } from '@temporalio/workflow';
import type { JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { voidPoints } = proxyActivities<JobActivities>(jobOptions);
const { endJob } = proxyActivities<JobActivities>(shortOptions);

/** Tells every contact that a filter finds that points are undone; progress and outcome are in `jobs`. */
export async function undoPoints({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => voidPoints({ jobId, now: Date.now() }),
    (ended) => endJob({ jobId, ...ended }),
  );
}
