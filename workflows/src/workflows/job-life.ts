import { CancellationScope, isCancellation } from '@temporalio/workflow';

/** How a job ended; the error is null unless it failed. */
interface JobEnd {
  status: 'completed' | 'failed' | 'cancelled';
  error: string | null;
}

/** Does a job's work and records how it ended, whatever happens; fails or is cancelled as its work was. */
export const jobLife = async (work: () => Promise<void>, end: (ended: JobEnd) => Promise<void>): Promise<void> => {
  try {
    await work();
    await end({ status: 'completed', error: null });
  } catch (error) {
    const status = isCancellation(error) ? 'cancelled' : 'failed';
    const message = status === 'failed' ? reasonOf(error) : null;
    await CancellationScope.nonCancellable(() => end({ status, error: message }));
    throw error;
  }
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
