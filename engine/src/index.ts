/** What holds the truth: Postgres, ledger, inbox, lanes. */
export { createPool, type PoolOptions } from './store/pool.ts';
export { processLogger } from './process-logger.ts';
export { announce, announceAnything, type Changed } from './store/announce.ts';
export { createStore, type Queryable, type Store, type StoreOptions, type Transaction } from './store/store.ts';
export { silentLogger, type Logger } from './store/logger.ts';
export { ConflictError, NotFoundError } from './store/errors.ts';
export { acceptArrivals, notifyLanes, type InboxArrival, type InboxEvent } from './store/inbox.ts';
export { readLanes, type Lane } from './store/lanes.ts';
export type { ImportRow } from './store/imports.ts';
export type { LeadDecision, LeadRow, LeadStatus } from './store/leads.ts';
export { noPokes, type LaneDeps, type Pokes } from './lanes/deps.ts';
export { createPrograms, type Compiled, type Programs } from './lanes/programs.ts';
export { drainLane, type Drained, type DrainOptions } from './lanes/drain.ts';
export { lookAgain } from './lanes/look-again.ts';
export {
  dispatchOutbox,
  drainOutbox,
  type Dispatched,
  type DispatcherOptions,
  type OutboxHandler,
} from './lanes/dispatch.ts';
export { answerRequest } from './lanes/requests.ts';
export { decideRoute } from './lanes/route.ts';
export { reportLeadOutcome, type LeadOutcome } from './lanes/leads.ts';
export { cancelRun, postInternal, recordAnswer, type Answer, type InternalArrival } from './lanes/internal.ts';
export { cancelJob, resumeJobs } from './lanes/job-workflow.ts';
export { previewVoid, startVoid, voidPoints } from './lanes/void-job.ts';
export { backTestContact, runBackTest, startBackTest } from './lanes/back-test.ts';
export { startInFlight, tellInFlight } from './lanes/in-flight.ts';
export { measureImpact, startImpact } from './lanes/impact.ts';
export { maintenanceDue, runMaintenance } from './maintenance/begin.ts';
export { carryOutMaintenance } from './maintenance/carry-out.ts';
export { enrolmentDue, runScheduled } from './enrolment/begin.ts';
export { carryOutEnrolment } from './enrolment/carry-out.ts';
export { syncSchedules } from './rounds/schedules.ts';
export { rebuildContact, rebuildContacts, startRebuild } from './lanes/rebuild-job.ts';
export { giveNotice, NobodyToTellError } from './lanes/notices.ts';
export { removeOldNotices, type NewNotice } from './store/notices.ts';
export { removeOutdated } from './lanes/outdated.ts';
export { removeOldTimes } from './store/step-times.ts';
export { startSample } from './sample/job.ts';
export { giveUpSample } from './sample/unfinished.ts';
export { loadSample } from './sample/load.ts';
export { restoreRuns, type Restored } from './lanes/restore.ts';
export { endJob } from './store/jobs.ts';
export { createPokes } from './temporal/pokes.ts';
export { closeImport, openImport, settleImports } from './lanes/loads.ts';
export {
  archiveDefinition,
  pauseAutomation,
  publishDefinitions,
  resumeAutomation,
  unarchiveAutomation,
  type Publication,
} from './lanes/publish.ts';
export { refreshAccounts } from './lanes/refresh-accounts.ts';
export { sayOfAccounts } from './lanes/tell-accounts.ts';
export { touchContacts } from './lanes/touch.ts';
export { sweep, type Swept, type SweepOptions } from './lanes/sweep.ts';
export { wakeDispatcher, wakeLanes } from './lanes/wake.ts';
export { acceptEvents, type AcceptDeps, type AcceptOptions, type EventOutcome } from './ingest/accept-events.ts';
export { createApp, type AppDeps, type AppOptions } from './http/app.ts';
export { createScoreSamples, type ScoreSamples } from './read/score-sample.ts';
export { startThroughputLog, type ThroughputLog } from './read/throughput.ts';
export { allRoutes } from './http/routes/index.ts';
export { missingInSchema } from './auth/better-auth.ts';
export { createKey } from './auth/keys.ts';
export { systemClock, type Clock } from './clock.ts';
export { createPressure, type Pressure } from './ingest/pressure.ts';
