import { withHeartbeats } from './attempt.ts';

export interface JobActivities {
  /** Rebuilds the job's contacts one by one, going on where an earlier attempt stopped. */
  rebuildContacts(args: { jobId: string; now: number }): Promise<void>;
  /** Records how the job ended. */
  endJob(args: { jobId: string; status: 'completed' | 'failed' | 'cancelled'; error: string | null }): Promise<void>;
}

export interface JobDeps {
  rebuildContacts(args: { jobId: string; now: number; signal: AbortSignal }): Promise<void>;
  endJob: JobActivities['endJob'];
}

export const createJobActivities = (deps: JobDeps): JobActivities => ({
  rebuildContacts: (args) => withHeartbeats((signal) => deps.rebuildContacts({ ...args, signal })),
  endJob: (args) => deps.endJob(args),
});
