import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { JobArgs, MaintenanceDueArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { carryOutMaintenance } = proxyActivities<JobActivities>(jobOptions);
const { endJob, maintenanceDue: begin } = proxyActivities<JobActivities>(shortOptions);

/** Carries out a run of a maintenance program; progress and outcome are in `jobs`. */
export async function maintain({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => carryOutMaintenance({ jobId, now: Date.now() }),
    (ended) => endJob({ jobId, ...ended }),
  );
}

/** What a schedule starts: its id names the moment, so that a run begins once for each, whatever is tried again. */
export async function maintenanceDue({ program }: MaintenanceDueArgs): Promise<void> {
  await begin({ program, moment: workflowInfo().workflowId });
}
