import { withHeartbeats } from './attempt.ts';

interface JobEnd {
  jobId: string;
  status: 'completed' | 'failed' | 'cancelled';
  error: string | null;
}

export interface JobActivities {
  /** Rebuilds the job's contacts, going on where an earlier attempt stopped. */
  rebuildContacts(args: { jobId: string; now: number }): Promise<void>;
  /** Loads the sample workspace, going on where an earlier attempt stopped. */
  loadSample(args: { jobId: string }): Promise<void>;
  /** Measures what publishing would change, going on where an earlier attempt stopped. */
  measureImpact(args: { jobId: string }): Promise<void>;
  /** Plays a draft over history beside the live version, going on where an earlier attempt stopped. */
  runBackTest(args: { jobId: string }): Promise<void>;
  /** Moves or cancels those who wait inside an automation, going on where an earlier attempt stopped. */
  tellInFlight(args: { jobId: string; now: number }): Promise<void>;
  /** Undoes points by the job's filter, going on where an earlier attempt stopped. */
  voidPoints(args: { jobId: string; now: number }): Promise<void>;
  /** Carries out a run of a maintenance program, going on where an earlier attempt stopped. */
  carryOutMaintenance(args: { jobId: string; now: number }): Promise<void>;
  /** Begins a run for a moment of a program's schedule, once. */
  maintenanceDue(args: { program: string; moment: string }): Promise<void>;
  /** Lets contacts enter by a schedule, going on where an earlier attempt stopped. */
  carryOutEnrolment(args: { jobId: string; now: number }): Promise<void>;
  /** Begins a round for a moment of an automation's schedule, once. */
  enrolmentDue(args: { automation: string; clock: string; moment: string }): Promise<void>;
  /** Records how the job ended. */
  endJob(args: JobEnd): Promise<void>;
  /** The same for the sample. */
  endSample(args: JobEnd): Promise<void>;
}

export interface JobDeps {
  rebuildContacts(args: { jobId: string; now: number; signal: AbortSignal }): Promise<void>;
  loadSample(args: { jobId: string; signal: AbortSignal }): Promise<void>;
  measureImpact(args: { jobId: string; signal: AbortSignal }): Promise<void>;
  runBackTest(args: { jobId: string; signal: AbortSignal }): Promise<void>;
  tellInFlight(args: { jobId: string; now: number; signal: AbortSignal }): Promise<void>;
  voidPoints(args: { jobId: string; now: number; signal: AbortSignal }): Promise<void>;
  carryOutMaintenance(args: { jobId: string; now: number; signal: AbortSignal }): Promise<void>;
  maintenanceDue: JobActivities['maintenanceDue'];
  carryOutEnrolment(args: { jobId: string; now: number; signal: AbortSignal }): Promise<void>;
  enrolmentDue: JobActivities['enrolmentDue'];
  endJob: JobActivities['endJob'];
  endSample: JobActivities['endSample'];
}

export const createJobActivities = (deps: JobDeps): JobActivities => ({
  rebuildContacts: (args) => withHeartbeats((signal) => deps.rebuildContacts({ ...args, signal })),
  loadSample: (args) => withHeartbeats((signal) => deps.loadSample({ ...args, signal })),
  measureImpact: (args) => withHeartbeats((signal) => deps.measureImpact({ ...args, signal })),
  runBackTest: (args) => withHeartbeats((signal) => deps.runBackTest({ ...args, signal })),
  tellInFlight: (args) => withHeartbeats((signal) => deps.tellInFlight({ ...args, signal })),
  voidPoints: (args) => withHeartbeats((signal) => deps.voidPoints({ ...args, signal })),
  carryOutMaintenance: (args) => withHeartbeats((signal) => deps.carryOutMaintenance({ ...args, signal })),
  maintenanceDue: (args) => deps.maintenanceDue(args),
  carryOutEnrolment: (args) => withHeartbeats((signal) => deps.carryOutEnrolment({ ...args, signal })),
  enrolmentDue: (args) => deps.enrolmentDue(args),
  endJob: (args) => deps.endJob(args),
  endSample: (args) => deps.endSample(args),
});
