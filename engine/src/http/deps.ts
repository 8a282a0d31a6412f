import type { Automation, Definition, InFlightAct, JobKind, VoidFilter } from '@ripen/shared';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Clock } from '../clock.ts';
import type { Hub } from '../live/hub.ts';
import type { Presence } from '../live/presence.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import type { Logger } from '../store/logger.ts';
import type { Pressure } from '../ingest/pressure.ts';
import type { Workers } from '../read/health.ts';
import type { TemporalUi } from '../read/run.ts';
import type { Patience } from '../read/patience.ts';
import type { ScoreSamples } from '../read/score-sample.ts';
import type { ThroughputLog } from '../read/throughput.ts';
import type { HttpMetrics } from './metrics.ts';
import type { Route } from './route.ts';

/** What routes need. */
export interface HttpDeps extends LaneDeps {
  clock: Clock;
  logger: Logger;
  authenticator: Authenticator;
  sessions: Sessions;
  /** What everybody who looks hears of. */
  live: Hub;
  /** Who edits what. */
  presence: Presence;
  pressure: Pressure;
  metrics: HttpMetrics;
  /** Writes a rebuild of contacts (null: all) down and starts its workflow; returns the job's id. */
  startRebuild: (rebuild: { contacts: string[] | null; fromHistory?: boolean }) => Promise<string>;
  /** Writes down that the impact of publishing is to be measured and starts its workflow; returns the job's id. */
  startImpact: (impact: { documents: Definition[]; sample: number | null; now: number }) => Promise<string>;
  /** Writes down that a draft is to be played over history and starts the job's workflow; returns the job's id. */
  startBackTest: (backTest: { draft: Automation; days: number; sample: number | null; now: number }) => Promise<string>;
  /**
   * Writes down what is to become of those who wait inside an automation and starts its workflow; returns the job's id, null
   * where nobody does.
   */
  startInFlight: (inFlight: { automation: string; act: InFlightAct; now: number }) => Promise<string | null>;
  /** Writes down that points are to be undone and starts its workflow; returns the job's id. */
  startVoid: (undoing: { filter: VoidFilter; reason: string; by: string }) => Promise<string>;
  /** Writes down that a maintenance program is to run and starts its workflow; returns the job's id. */
  runMaintenance: (run: { program: string; by: string }) => Promise<string>;
  /** Writes down that contacts are to enter an automation by its schedules now, and starts its workflow; returns the job's id. */
  runScheduled: (run: { automation: string; by: string }) => Promise<string>;
  /** Starts the workflow of a job again. */
  startJob: (job: { kind: JobKind; id: string }) => Promise<void>;
  /** Writes down that the sample workspace is to be loaded and starts its workflow; returns the job's id. */
  startSample: (sample: { contacts: number; now: number }) => Promise<string>;
  /** Asks a job to end in good order. */
  cancelJob: (jobId: string) => Promise<void>;
  /** Whether Temporal can be reached; null where a process knows none. */
  temporalReachable: () => Promise<boolean | null>;
  /** Who works for Temporal; null where it cannot be asked. */
  workers: () => Promise<Workers | null>;
  /** Temporal's own pages; null where they are not known. */
  temporalUi: TemporalUi | null;
  throughput: ThroughputLog;
  scoreSamples: ScoreSamples;
  /** With questions about very many contacts. */
  patience: Patience;
  /** Shown with the status. */
  version: string;
  /** Whether anybody may see figures in the status: where only this machine reaches the API. */
  openStatus: boolean;
  /** Where people reach the installation, when that is known: https makes cookies secure, and pages of it are ours. */
  publicUrl: string | null;
  /** All routes: the docs are made of them. */
  routes: readonly Route[];
}
