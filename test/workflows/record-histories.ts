// Records what every released behaviour of the workflows looks like in Temporal, beside the earlier recordings:
// `npm run histories:record`. Replays of them, old and new, are what lets workflow code change while workflows run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureSearchAttributes, ensureTimeSkippingServer, startTemporalDev } from '@ripen/infra';
import {
  automationScheduleId,
  dispatcherStart,
  jobWorkflowId,
  laneStart,
  maintenanceScheduleId,
  runWorkflowId,
  signals,
  taskQueues,
  workflowTypes,
  type JobKind,
  type RunArgs,
  type RunLook,
} from '@ripen/shared/contract';
import { DeliveryError, RunWorkflows, saveRecording, workflowSourceHash } from '@ripen/workflows';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection } from '@temporalio/worker';
import { dayMs, scriptedWorkers, type Script } from './support/scripted.ts';

const environment = await TestWorkflowEnvironment.createTimeSkipping({
  server: { executable: { type: 'existing-path', path: await ensureTimeSkippingServer(console.log) } },
});
await ensureSearchAttributes(environment.connection);
const client = environment.client.workflow;
const runs = new RunWorkflows(client);
const histories = new Map<string, string>();

const drains = { lane: 0, dispatcher: 0 };
const looks = new Map<string, number>();
const script: Record<string, (now: number, times: number) => RunLook> = {};
const attempts = new Map<string, number>();
const count = (counts: Map<string, number>, key: string): number => {
  const times = (counts.get(key) ?? 0) + 1;
  counts.set(key, times);
  return times;
};
const over = (status: RunLook['status']): RunLook => ({ status, until: null, deliveries: [], asks: [] });
const waits = (until: number): RunLook => ({ status: 'waiting', until, deliveries: [], asks: [] });

/** What a job does: ends, fails for good, or goes on until it is cancelled, as its id says. */
const work = async ({ jobId, signal }: { jobId: string; signal: AbortSignal }): Promise<void> => {
  if (jobId.endsWith('failing'))
    throw ApplicationFailure.create({ message: 'There is no such job.', nonRetryable: true });
  if (!jobId.endsWith('cancelled')) return;
  while (!signal.aborted) await pause(50);
  signal.throwIfAborted();
};

const scripts: Script = {
  drainLane: ({ now }) => {
    drains.lane++;
    return Promise.resolve({ applied: 1, nextDueAt: drains.lane === 1 ? now + 60 * dayMs : null });
  },
  dispatch: ({ now }) => {
    drains.dispatcher++;
    return Promise.resolve({ applied: drains.dispatcher % 2, nextDueAt: drains.dispatcher < 3 ? now : null });
  },
  runs: {
    lookAgain: ({ runId, now }) => {
      const look = script[runId];
      return Promise.resolve(look ? look(now, count(looks, runId)) : over('completed'));
    },
    attemptDelivery: (id) => {
      const times = count(attempts, id);
      if (id === 'refused') throw new DeliveryError('answered 404', { permanent: true });
      return times < 3 ? Promise.reject(new DeliveryError('answered 503')) : Promise.resolve();
    },
    giveUpDelivery: () => Promise.resolve(),
    ask: () => Promise.resolve(),
    cancelRun: () => Promise.resolve(),
  },
  jobs: {
    rebuildContacts: (args) => work(args),
    loadSample: (args) => work(args),
    measureImpact: (args) => work(args),
    runBackTest: (args) => work(args),
    tellInFlight: (args) => work(args),
    voidPoints: (args) => work(args),
    carryOutMaintenance: (args) => work(args),
    maintenanceDue: () => Promise.resolve(),
    carryOutEnrolment: (args) => work(args),
    enrolmentDue: () => Promise.resolve(),
    endJob: () => Promise.resolve(),
    endSample: () => Promise.resolve(),
  },
};
const workers = await scriptedWorkers(environment, scripts);

const keep = async (
  behaviour: string,
  workflowId: string,
  { temporalRunId, of = client }: { temporalRunId?: string; of?: WorkflowClient } = {},
): Promise<void> => {
  histories.set(behaviour, historyToJSON(await of.getHandle(workflowId, temporalRunId).fetchHistory()));
  console.log(`  ${behaviour}`);
};
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await pause(20);
};

const argsOf = (runId: string, args: Partial<RunArgs>): RunArgs => ({
  ...{ runId, contactId: 'contact', automation: 'card', until: null, waiting: true, deliveries: [], asks: [] },
  ...args,
});

const recordRun = async (
  behaviour: string,
  args: Partial<RunArgs>,
  look?: (now: number, times: number) => RunLook,
): Promise<void> => {
  const full = argsOf(behaviour, args);
  if (look) script[behaviour] = look;
  await runs.start(full, await environment.currentTimeMs());
  const handle = client.getHandle(runWorkflowId(behaviour));
  if (behaviour.includes('signalled')) await runs.signal(full);
  if (behaviour.includes('cancelled')) await handle.cancel();
  await handle.result().catch(() => undefined);
  await keep(behaviour, handle.workflowId);
};

const now = await environment.currentTimeMs();
await recordRun('run-waits-30-days', { until: now + 30 * dayMs });
const later = await environment.currentTimeMs();
await recordRun('run-signalled-moves-on', { until: later + 30 * dayMs }, (at, times) =>
  times === 1 ? waits(later + 40 * dayMs) : at < later + 40 * dayMs ? waits(later + 40 * dayMs) : over('completed'),
);
await recordRun('run-overdue-looks-every-minute', { until: later }, (_, times) =>
  times < 4 ? waits(later) : over('failed'),
);
await recordRun('run-delivers-after-retries', { waiting: false, deliveries: ['taken'] });
await recordRun('run-gives-up-a-delivery', { waiting: false, deliveries: ['refused', 'other'] });
await recordRun('run-signalled-with-answer', { asks: ['ask'] }, (_, times) =>
  times === 1 ? { ...waits(later), until: null, deliveries: ['notice'] } : over('completed'),
);
await recordRun('run-cancelled', { until: now + 10_000 * dayMs, deliveries: ['last-words'] }, () => over('cancelled'));

// A rebuild from history is a rebuild: what is different is in its job.
const jobs: readonly JobKind[] = [
  'rebuild',
  'sample',
  'impact',
  'void',
  'backtest',
  'inflight',
  'maintenance',
  'enrolment',
];
for (const kind of jobs) {
  for (const outcome of ['completing', 'failing', 'cancelled']) {
    const jobId = `${kind}-${outcome}`;
    const handle = await client.start(workflowTypes[kind], {
      workflowId: jobWorkflowId(jobId),
      taskQueue: taskQueues.jobs,
      args: [{ jobId }],
    });
    if (outcome === 'cancelled') await handle.cancel();
    await handle.result().catch(() => undefined);
    await keep(jobId, handle.workflowId);
  }
}

const due = await client.start(workflowTypes.maintenanceDue, {
  workflowId: `${maintenanceScheduleId('nightly')}-2026-01-01T01:30:00Z`,
  taskQueue: taskQueues.jobs,
  args: [{ program: 'nightly' }],
});
await due.result();
await keep('maintenance-due', due.workflowId);

const round = await client.start(workflowTypes.enrolmentDue, {
  workflowId: `${automationScheduleId('weekly', 'monday')}-2026-01-01T01:30:00Z`,
  taskQueue: taskQueues.jobs,
  args: [{ automation: 'weekly', clock: 'monday' }],
});
await round.result();
await keep('enrolment-due', round.workflowId);

const { workflowType, ...dispatcher } = dispatcherStart;
await client.signalWithStart(workflowType, { ...dispatcher, signal: signals.poke });
await until(() => drains.dispatcher >= 3);
await client.getHandle(dispatcher.workflowId).signal(signals.poke);
await until(() => drains.dispatcher >= 4);
await keep('dispatcher-drains-and-sleeps', dispatcher.workflowId);

const { workflowType: laneType, ...lane } = laneStart(0);
const { signaledRunId } = await client.signalWithStart(laneType, { ...lane, signal: signals.poke });
await until(() => drains.lane === 1);
await environment.sleep(61 * dayMs);
await until(() => drains.lane === 2);
await client.getHandle(lane.workflowId).signal(signals.poke);
await until(() => drains.lane === 3);
await keep('lane-sleeps-60-days-and-is-poked', lane.workflowId);
for (let pokes = 0; pokes < 205; pokes++) {
  const before = drains.lane;
  await client.getHandle(lane.workflowId).signal(signals.poke);
  await until(() => drains.lane > before);
}
await keep('lane-continues-as-new', lane.workflowId, { temporalRunId: signaledRunId });

await workers.shutdown();
await environment.teardown();
await recordDelayedStarts();
const recording = workflowSourceHash();
saveRecording(recording, histories);
console.log(`Recorded ${histories.size} histories as ${recording}.`);

/**
 * Runs that the server itself holds back until their wait is over, or until a signal that may start them, as the server that
 * people run writes them down, beside those of the one that skips time.
 */
async function recordDelayedStarts(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-histories-'));
  const server = await startTemporalDev({ dir });
  const connection = await Connection.connect({ address: server.address });
  await ensureSearchAttributes(connection);
  const nativeConnection = await NativeConnection.connect({ address: server.address });
  const real = await scriptedWorkers({ nativeConnection, namespace: server.namespace }, scripts);
  const of = new Client({ connection, namespace: server.namespace }).workflow;
  const held = new RunWorkflows(of);
  const begin = async (behaviour: string, waitMs: number): Promise<RunArgs> => {
    const present = Date.now();
    const args = argsOf(behaviour, { until: present + waitMs });
    await held.start(args, present);
    return args;
  };
  await begin('run-starts-delayed', 1_000);
  await held.signal(await begin('run-starts-delayed-and-is-signalled', dayMs));
  for (const behaviour of ['run-starts-delayed', 'run-starts-delayed-and-is-signalled']) {
    await of.getHandle(runWorkflowId(behaviour)).result();
    await keep(behaviour, runWorkflowId(behaviour), { of });
  }
  await real.shutdown();
  await nativeConnection.close();
  await connection.close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
