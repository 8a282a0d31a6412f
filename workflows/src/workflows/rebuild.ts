import { CancellationScope, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { JobArgs } from '@ripen/shared/contract';
import type { JobActivities } from '../activities/jobs.ts';
import { jobOptions, shortOptions } from './options.ts';

// Whoever cancels a job hears that it is cancelled only when it has really stopped.
const { rebuildContacts } = proxyActivities<JobActivities>({
  ...jobOptions,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
const { endJob } = proxyActivities<JobActivities>(shortOptions);

/** Replays contacts' arrivals as new generations of their ledgers; progress and outcome are in `jobs`. */
export async function rebuild({ jobId }: JobArgs): Promise<void> {
  try {
    await rebuildContacts({ jobId, now: Date.now() });
    await endJob({ jobId, status: 'completed', error: null });
  } catch (error) {
    const status = isCancellation(error) ? 'cancelled' : 'failed';
    const message = status === 'failed' ? reasonOf(error) : null;
    await CancellationScope.nonCancellable(() => endJob({ jobId, status, error: message }));
    throw error;
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
