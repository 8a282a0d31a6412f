/** What engine and workflows agree on: names, ids and payloads. Payloads are ids and moments, never graphs. */

/** Sized apart. Calls to the outside have their own: a receiver that is down must not keep leads waiting to be routed. */
export const taskQueues = {
  lanes: 'ripen-lanes',
  runs: 'ripen-runs',
  deliveries: 'ripen-deliveries',
  jobs: 'ripen-jobs',
} as const;

export const workflowTypes = {
  lane: 'lane',
  run: 'run',
  dispatcher: 'dispatcher',
  rebuild: 'rebuild',
  sample: 'sample',
  impact: 'impact',
  void: 'undoPoints',
  backtest: 'backTest',
  inflight: 'inFlight',
  maintenance: 'maintain',
  maintenanceDue: 'maintenanceDue',
  enrolment: 'enrolScheduled',
  enrolmentDue: 'enrolmentDue',
} as const;

/** Long work: each kind has a workflow, and is read by it in `jobs`. */
export type JobKind = 'rebuild' | 'sample' | 'impact' | 'void' | 'backtest' | 'inflight' | 'maintenance' | 'enrolment';

export const signals = {
  /** To lanes and the dispatcher: there is work. */
  poke: 'poke',
  /** To runs: your contact changed. */
  lookAgain: 'lookAgain',
} as const;

export const searchAttributes = {
  automation: 'RipenAutomation',
  contact: 'RipenContact',
  status: 'RipenStatus',
} as const;

export const laneCount = 8;

export const laneWorkflowId = (lane: number): string => `lane-${lane}`;
export const dispatcherWorkflowId = 'dispatcher';
export const runWorkflowId = (runId: string): string => `run-${runId}`;
export const jobWorkflowId = (jobId: string): string => `job-${jobId}`;
/** A schedule, and what the workflows that it starts begin with. */
export const maintenanceScheduleId = (program: string): string => `maintenance-${program}`;

/** The same for an automation; `clock` tells its schedules apart. No id has a dot. */
export const automationScheduleId = (automation: string, clock: string): string => `automation.${automation}.${clock}`;

export interface LaneArgs {
  lane: number;
}

export interface DispatcherArgs {
  name: 'outbox';
}

/** How a lane's workflow is started: what every process that pokes it must agree on. */
export const laneStart = (lane: number) => ({
  workflowType: workflowTypes.lane,
  workflowId: laneWorkflowId(lane),
  taskQueue: taskQueues.lanes,
  args: [{ lane }] as [LaneArgs],
});

/** The same for the dispatcher. It lives beside the lanes: like them it is always there and must never wait for runs. */
export const dispatcherStart = {
  workflowType: workflowTypes.dispatcher,
  workflowId: dispatcherWorkflowId,
  taskQueue: taskQueues.lanes,
  args: [{ name: 'outbox' }] as [DispatcherArgs],
};

/** What a run has to say or wait for when its workflow starts; enough to begin without asking the database. */
export interface RunArgs {
  runId: string;
  contactId: string;
  automation: string;
  /** When the wait times out, ms; null when it waits for an answer or for nothing. */
  until: number | null;
  /** Whether the run still waits. */
  waiting: boolean;
  deliveries: string[];
  asks: string[];
}

/** A look at a run's state: what its workflow does next. */
export interface RunLook {
  status: 'waiting' | 'completed' | 'failed' | 'cancelled';
  until: number | null;
  deliveries: string[];
  asks: string[];
}

export interface JobArgs {
  jobId: string;
}

/** What a maintenance program's schedule says. */
export interface MaintenanceDueArgs {
  program: string;
}

/** What a schedule of an automation says. */
export interface EnrolmentDueArgs {
  automation: string;
  clock: string;
}
