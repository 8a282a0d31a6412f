import { laneWorkflowId, signals, taskQueues, workflowTypes } from '@ripen/shared/contract';
import type { Workers } from '@ripen/workflows';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTimeSkippingEnvironment } from '../helpers/temporal.ts';
import { dayMs, scriptedWorkers } from './support/scripted.ts';

type Drain = (args: { lane: number; now: number }) => Promise<{ applied: number; nextDueAt: number | null }>;

let environment: TestWorkflowEnvironment;
let workers: Workers;
let drains: number[];
let drain: Drain;
let lane = 0;

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment();
  workers = await scriptedWorkers(environment, {
    drainLane: (args) => {
      drains.push(args.now);
      return drain(args);
    },
  });
});
afterAll(async () => {
  await workers.shutdown();
  await environment.teardown();
});

beforeEach(() => {
  drains = [];
  lane++;
});
afterEach(() => environment.client.workflow.getHandle(laneWorkflowId(lane)).terminate());

const poke = () =>
  environment.client.workflow.signalWithStart(workflowTypes.lane, {
    workflowId: laneWorkflowId(lane),
    taskQueue: taskQueues.lanes,
    args: [{ lane }],
    signal: signals.poke,
  });
const drained = (times: number) => vi.waitFor(() => expect(drains).toHaveLength(times), 10_000);
const nothingDue: Drain = () => Promise.resolve({ applied: 1, nextDueAt: null });

test('a lane wakes at its due moment, 60 days from now, and not before', async () => {
  let dueAt = 0;
  drain = ({ now }) => {
    const first = dueAt === 0;
    dueAt ||= now + 60 * dayMs;
    return Promise.resolve({ applied: 1, nextDueAt: first ? dueAt : null });
  };
  await poke();
  await drained(1);
  await environment.sleep(59 * dayMs);
  expect(drains).toHaveLength(1);
  await environment.sleep(dayMs);
  await drained(2);
  expect(drains[1]).toBeGreaterThanOrEqual(dueAt);
  expect(drains[1]).toBeLessThan(dueAt + 5_000);
});

test('a poke wakes a lane that sleeps for nothing', async () => {
  drain = nothingDue;
  await poke();
  await drained(1);
  await environment.sleep(400 * dayMs);
  expect(drains).toHaveLength(1);
  await poke();
  await drained(2);
});

test('a poke during a drain is followed by another drain', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  drain = async () => {
    if (drains.length === 1) await held;
    return { applied: 1, nextDueAt: null };
  };
  await poke();
  await drained(1);
  await poke();
  release();
  await drained(2);
});

test('a drain that can do nothing about something due is not repeated without a pause', async () => {
  drain = ({ now }) => Promise.resolve({ applied: 0, nextDueAt: now - 1 });
  await poke();
  await drained(1);
  const before = drains.length;
  await environment.sleep(4_000);
  expect(drains.length - before).toBeGreaterThan(1);
  for (const [index, at] of drains.entries()) {
    if (index > 0) expect(at - (drains[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
  }
});

test('a lane continues as new before its history is long, and loses no poke', async () => {
  drain = nothingDue;
  const handle = await poke();
  const first = handle.signaledRunId;
  for (let times = 1; times <= 205; times++) {
    await drained(times);
    await poke();
  }
  await drained(206);
  const now = await environment.client.workflow.getHandle(laneWorkflowId(lane)).describe();
  expect(now.runId).not.toBe(first);
  expect(now.historyLength).toBeLessThan(2_100);
});
