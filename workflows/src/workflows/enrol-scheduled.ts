import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { EnrolmentDueArgs, JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobLife } from './job-life.ts';
import { jobOptions, shortOptions } from './options.ts';

const { carryOutEnrolment } = proxyActivities<JobActivities>(jobOptions);
const { endJob, enrolmentDue: begin } = proxyActivities<JobActivities>(shortOptions);

/** Lets those whom a round of a schedule is about enter its automation; progress and outcome are in `jobs`. */
export async function enrolScheduled({ jobId }: JobArgs): Promise<void> {
  await jobLife(
    () => carryOutEnrolment({ jobId, now: Date.now() }),
    (ended) => endJob({ jobId, ...ended }),
  );
}

/** What a schedule starts: its id names the moment, so that a round begins once for each, whatever is tried again. */
export async function enrolmentDue({ automation, clock }: EnrolmentDueArgs): Promise<void> {
  await begin({ automation, clock, moment: workflowInfo().workflowId });
}
