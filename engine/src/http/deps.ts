import type { Authenticator } from '../auth/authenticate.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Clock } from '../clock.ts';
import type { Hub } from '../live/hub.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import type { Logger } from '../store/logger.ts';
import type { Pressure } from '../ingest/pressure.ts';
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
  pressure: Pressure;
  metrics: HttpMetrics;
  /** Writes a rebuild of contacts down and starts its workflow; returns the job's id. */
  startRebuild: (contactIds: string[]) => Promise<string>;
  /** Whether Temporal can be reached; null where a process knows none. */
  temporalReachable: () => Promise<boolean | null>;
  /** Shown with the status. */
  version: string;
  /** Whether anybody may see figures in the status: where only this machine reaches the API. */
  openStatus: boolean;
  /** Where people reach the installation, when that is known: https makes cookies secure, and pages of it are ours. */
  publicUrl: string | null;
  /** All routes: the docs are made of them. */
  routes: readonly Route[];
}
