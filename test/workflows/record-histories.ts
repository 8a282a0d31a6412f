// Records what every released behaviour of the workflows looks like in Temporal, beside the earlier recordings:
// `npm run histories:record`. Replays of them, old and new, are what lets workflow code change while workflows run.
import { setTimeout as pause } from 'node:timers/promises';
import { ensureSearchAttributes, ensureTimeSkippingServer } from '@ripen/infra';
import {
  dispatcherStart,
  jobWorkflowId,
  laneStart,
  runWorkflowId,
  signals,
  taskQueues,
  workflowTypes,
  type RunArgs,
  type RunLook,
} from '@ripen/shared/contract';
import { DeliveryError, RunWorkflows, saveRecording, workflowSourceHash } from '@ripen/workflows';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { dayMs, scriptedWorkers } from './support/scripted.ts';

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

const workers = await scriptedWorkers(environment, {
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
    rebuildContacts: async ({ jobId, signal }) => {
      if (jobId === 'failing') throw new DeliveryError('no such contact', { permanent: true });
      if (jobId !== 'cancelled') return;
      while (!signal.aborted) await pause(50);
      signal.throwIfAborted();
    },
    loadSample: async ({ jobId, signal }) => {
      if (jobId === 'sample-failing') throw new DeliveryError('no such job', { permanent: true });
      if (jobId !== 'sample-cancelled') return;
      while (!signal.aborted) await pause(50);
      signal.throwIfAborted();
    },
    endJob: () => Promise.resolve(),
    endSample: () => Promise.resolve(),
  },
});

const keep = async (behaviour: string, workflowId: string, temporalRunId?: string): Promise<void> => {
  histories.set(behaviour, historyToJSON(await client.getHandle(workflowId, temporalRunId).fetchHistory()));
  console.log(`  ${behaviour}`);
};
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await pause(20);
};

const recordRun = async (
  behaviour: string,
  args: Partial<RunArgs>,
  look?: (now: number, times: number) => RunLook,
): Promise<void> => {
  const full = {
    runId: behaviour,
    contactId: 'contact',
    automation: 'card',
    until: null,
    waiting: true,
    deliveries: [],
    asks: [],
  };
  if (look) script[behaviour] = look;
  await runs.start({ ...full, ...args }, await environment.currentTimeMs());
  const handle = client.getHandle(runWorkflowId(behaviour));
  if (behaviour.includes('signalled')) await runs.signal({ ...full, ...args });
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

for (const job of ['completing', 'cancelled']) {
  const handle = await client.start(workflowTypes.rebuild, {
    workflowId: jobWorkflowId(job),
    taskQueue: taskQueues.jobs,
    args: [{ jobId: job }],
  });
  if (job === 'cancelled') await handle.cancel();
  await handle.result().catch(() => undefined);
  await keep(`rebuild-${job}`, handle.workflowId);
}

for (const job of ['sample-completing', 'sample-cancelled']) {
  const handle = await client.start(workflowTypes.sample, {
    workflowId: jobWorkflowId(job),
    taskQueue: taskQueues.jobs,
    args: [{ jobId: job }],
  });
  if (job === 'sample-cancelled') await handle.cancel();
  await handle.result().catch(() => undefined);
  await keep(job, handle.workflowId);
}

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
await keep('lane-continues-as-new', lane.workflowId, signaledRunId);

await workers.shutdown();
await environment.teardown();
const recording = workflowSourceHash();
saveRecording(recording, histories);
console.log(`Recorded ${histories.size} histories as ${recording}.`);
