import { join } from 'node:path';
import { ripenHome } from '@ripen/infra';
import { cachedBundle, createWorkers, type WorkerDeps, type Workers } from '@ripen/workflows';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

// Failing activities are what these tests are about; only what nobody expected is worth a line.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

const unexpected = (name: string) => (): never => {
  throw new Error(`The test did not expect ${name} to be called.`);
};

/** Parts that a test leaves out fail when they are called. */
export interface Script {
  drainLane?: WorkerDeps['lanes']['drainLane'];
  dispatch?: WorkerDeps['outbox']['dispatch'];
  runs?: Partial<WorkerDeps['runs']>;
  jobs?: Partial<WorkerDeps['jobs']>;
}

const depsOf = (script: Script): WorkerDeps => ({
  lanes: { drainLane: script.drainLane ?? unexpected('drainLane'), drainAtMostMs: 60_000 },
  outbox: { dispatch: script.dispatch ?? unexpected('dispatch'), drainAtMostMs: 60_000 },
  runs: {
    lookAgain: unexpected('lookAgain'),
    ask: unexpected('ask'),
    cancelRun: unexpected('cancelRun'),
    attemptDelivery: unexpected('attemptDelivery'),
    giveUpDelivery: unexpected('giveUpDelivery'),
    ...script.runs,
  },
  jobs: {
    rebuildContacts: unexpected('rebuildContacts'),
    loadSample: unexpected('loadSample'),
    measureImpact: unexpected('measureImpact'),
    runBackTest: unexpected('runBackTest'),
    tellInFlight: unexpected('tellInFlight'),
    voidPoints: unexpected('voidPoints'),
    carryOutMaintenance: unexpected('carryOutMaintenance'),
    maintenanceDue: unexpected('maintenanceDue'),
    carryOutEnrolment: unexpected('carryOutEnrolment'),
    enrolmentDue: unexpected('enrolmentDue'),
    endJob: unexpected('endJob'),
    endSample: unexpected('endSample'),
    ...script.jobs,
  },
});

/** The workflows' bundle, made once for all test files. */
export const workflowBundle = () => cachedBundle(join(ripenHome(), 'cache'));

/** Real workers and real workflows whose activities do what the test says. */
export const scriptedWorkers = async (
  environment: Pick<TestWorkflowEnvironment, 'nativeConnection' | 'namespace'>,
  script: Script,
): Promise<Workers> =>
  createWorkers(depsOf(script), {
    connection: environment.nativeConnection,
    namespace: environment.namespace ?? 'default',
    workflowBundle: await workflowBundle(),
  });

export const dayMs = 86_400_000;
