import {
  answerRequest,
  cancelRun,
  carryOutEnrolment,
  carryOutMaintenance,
  decideRoute,
  drainLane,
  drainOutbox,
  endJob,
  enrolmentDue,
  giveNotice,
  loadSample,
  lookAgain,
  maintenanceDue,
  measureImpact,
  NotFoundError,
  rebuildContacts,
  runBackTest,
  systemClock,
  tellInFlight,
  voidPoints,
  type LaneDeps,
} from '@ripen/engine';
import { ApplicationFailure } from '@temporalio/activity';
import type { WorkflowClient } from '@temporalio/client';
import { RunWorkflows } from '../activities/run-workflows.ts';
import { attemptDelivery, type DeliverySettings } from '../delivery/deliver.ts';
import { DeliveryStore } from '../delivery/delivery-store.ts';
import type { WorkerDeps } from './create-workers.ts';

export interface EngineDepsOptions {
  engine: LaneDeps;
  /** Connections of their own for runs and jobs, so that a crowd of them cannot make a lane wait for one. */
  runsEngine?: LaneDeps;
  workflows: WorkflowClient;
  delivery: DeliverySettings;
  /** How long drains listen for more before they sleep. Zero under a clock that stands still while activities run. */
  lingerMs: number;
}

/** Drains hand back this often, so that a lane under lasting load still has a short history per hour and a fresh start. */
const drainAtMostMs = 60_000;

/** The engine's functions as what activities do their work with. */
export const engineDeps = ({
  engine,
  runsEngine = engine,
  workflows,
  delivery,
  lingerMs,
}: EngineDepsOptions): WorkerDeps => {
  const runs = new RunWorkflows(workflows);
  const deliveries = new DeliveryStore(runsEngine.store.pool);
  return {
    lanes: { drainAtMostMs, drainLane: (args) => drainLane(engine, { ...args, lingerMs }) },
    outbox: {
      drainAtMostMs,
      dispatch: (args) =>
        drainOutbox(
          engine,
          { ...args, lingerMs },
          { start: (run, now) => runs.start(run, now), signal: (run) => runs.signal(run) },
        ),
    },
    runs: {
      lookAgain: (args) => orForGood(lookAgain(runsEngine, args)),
      ask: (args) => orForGood(decideRoute(runsEngine, args)),
      cancelRun: (args) => orForGood(cancelRun(runsEngine, args)),
      attemptDelivery: (id, now) =>
        attemptDelivery(
          {
            store: deliveries,
            settings: delivery,
            giveNotice: (to, notice) => giveNotice(runsEngine.store, to, notice),
            answer: (deliveryId, detail) => answerRequest(runsEngine, { deliveryId, port: 'response', detail, now }),
          },
          id,
        ),
      giveUpDelivery: async (deliveryId, error, now) => {
        await answerRequest(runsEngine, { deliveryId, port: 'failed', detail: { error }, now });
        await deliveries.givenUp(deliveryId, error);
      },
    },
    jobs: {
      rebuildContacts: (args) => orForGood(rebuildContacts(runsEngine, args)),
      loadSample: (args) => orForGood(loadSample(runsEngine, { ...args, clock: systemClock })),
      measureImpact: (args) => orForGood(measureImpact(runsEngine, args)),
      runBackTest: (args) => orForGood(runBackTest(runsEngine, args)),
      tellInFlight: (args) => orForGood(tellInFlight(runsEngine, args)),
      voidPoints: (args) => orForGood(voidPoints(runsEngine, args)),
      carryOutMaintenance: (args) => orForGood(carryOutMaintenance(runsEngine, args)),
      maintenanceDue: (args) => maintenanceDue({ store: runsEngine.store, workflows }, args),
      carryOutEnrolment: (args) => orForGood(carryOutEnrolment(runsEngine, args)),
      enrolmentDue: (args) => enrolmentDue({ store: runsEngine.store, workflows }, args),
      endJob: (args) => endJob(runsEngine.store.pool, args),
      // Its own name: histories know it.
      endSample: (args) => endJob(runsEngine.store.pool, args),
    },
  };
};

/** What does not exist will not exist the next time either: the workflow fails, visibly, instead of trying for ever. */
const orForGood = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw ApplicationFailure.create({ message: error.message, type: error.name, nonRetryable: true, cause: error });
  }
};
