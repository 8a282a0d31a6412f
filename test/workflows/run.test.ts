import { runWorkflowId, type RunArgs, type RunLook } from '@ripen/shared/contract';
import { DeliveryError, RunWorkflows, type Workers } from '@ripen/workflows';
import { WorkflowFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTimeSkippingEnvironment } from '../helpers/temporal.ts';
import { dayMs, scriptedWorkers } from './support/scripted.ts';

let environment: TestWorkflowEnvironment;
let workers: Workers;
let runs: RunWorkflows;

/** What the test's activities do, and what they were asked. */
let look: (now: number) => RunLook;
let attempt: (deliveryId: string, times: number) => void;
let looks: number[];
let attempts: string[];
let givenUp: { deliveryId: string; error: string }[];
let asked: string[];
let cancelled: string[];
let number = 0;
let runId: string;

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment();
  runs = new RunWorkflows(environment.client.workflow);
  workers = await scriptedWorkers(environment, {
    runs: {
      lookAgain: ({ now }) => {
        looks.push(now);
        return Promise.resolve(look(now));
      },
      attemptDelivery: (id) => {
        attempts.push(id);
        attempt(id, attempts.filter((other) => other === id).length);
        return Promise.resolve();
      },
      giveUpDelivery: (deliveryId, error) => Promise.resolve(void givenUp.push({ deliveryId, error })),
      ask: ({ askId }) => Promise.resolve(void asked.push(askId)),
      cancelRun: (args) => Promise.resolve(void cancelled.push(args.runId)),
    },
  });
});
afterAll(async () => {
  await workers.shutdown();
  await environment.teardown();
});

const ended = (status: RunLook['status']): RunLook => ({ status, until: null, deliveries: [], asks: [] });
const waiting = (until: number | null): RunLook => ({ status: 'waiting', until, deliveries: [], asks: [] });

beforeEach(() => {
  runId = `test-${++number}`;
  [looks, attempts, givenUp, asked, cancelled] = [[], [], [], [], []];
  look = () => ended('completed');
  attempt = () => undefined;
});

const argsOf = (args: Partial<RunArgs>): RunArgs => ({
  ...{ runId, contactId: 'c', automation: 'a', until: null, waiting: true, deliveries: [], asks: [] },
  ...args,
});
const start = async (args: Partial<RunArgs>) => {
  await runs.start(argsOf(args), await now());
  return environment.client.workflow.getHandle(runWorkflowId(runId));
};
const signal = (args: Partial<RunArgs> = {}) => runs.signal(argsOf(args));
const now = () => environment.currentTimeMs();
const eventsOf = async (): Promise<number> => {
  const { events } = await environment.client.workflow.getHandle(runWorkflowId(runId)).fetchHistory();
  return events?.length ?? 0;
};
const statusOf = async () => {
  const { searchAttributes, status } = await environment.client.workflow.getHandle(runWorkflowId(runId)).describe();
  return { temporal: status.name, ripen: searchAttributes['RipenStatus']?.[0] };
};

test('a wait of 30 days costs no activity until it is over', async () => {
  const until = (await now()) + 30 * dayMs;
  const handle = await start({ until });
  await environment.sleep(29 * dayMs);
  expect(looks).toEqual([]);
  // Nor any step of its workflow: the server holds it back.
  expect(await eventsOf()).toBe(1);
  await handle.result();
  expect(looks).toHaveLength(1);
  expect(looks[0]).toBeGreaterThanOrEqual(until);
  expect(looks[0]).toBeLessThan(until + 5_000);
  expect(await statusOf()).toEqual({ temporal: 'COMPLETED', ripen: 'completed' });
});

test('a signal makes a run look again, and its new wait replaces the old one', async () => {
  const began = await now();
  const handle = await start({ until: began + 30 * dayMs });
  const second = began + 60 * dayMs;
  look = (at) => (at < second ? waiting(second) : ended('failed'));
  await signal({ until: second });
  await vi.waitFor(() => expect(looks).toHaveLength(1), 5_000);
  await handle.result();
  expect(looks).toHaveLength(2);
  expect(looks[1]).toBeGreaterThanOrEqual(second);
  expect((await statusOf()).ripen).toBe('failed');
});

test('a wait that is over but cannot be resolved yet is looked at once a minute', async () => {
  const until = (await now()) + dayMs;
  const handle = await start({ until });
  look = (at) => (at < until + 10 * 60_000 ? waiting(until) : ended('completed'));
  await handle.result();
  expect(looks.length).toBeGreaterThanOrEqual(10);
  expect(looks.length).toBeLessThanOrEqual(12);
});

test('a delivery is tried again until it is taken', async () => {
  attempt = (_, times) => {
    if (times <= 3) throw new DeliveryError('answered 503');
  };
  const handle = await start({ waiting: false, deliveries: ['d'] });
  await handle.result();
  expect(attempts).toHaveLength(4);
  expect(givenUp).toEqual([]);
});

test('a delivery that was refused for good is given up at once, with the reason', async () => {
  attempt = () => {
    throw new DeliveryError('answered 404', { permanent: true });
  };
  const handle = await start({ waiting: false, deliveries: ['d'] });
  await handle.result();
  expect(attempts).toHaveLength(1);
  expect(givenUp).toEqual([{ deliveryId: 'd', error: 'answered 404' }]);
});

test('a delivery that is never taken is given up after about a day', async () => {
  attempt = () => {
    throw new DeliveryError('answered 500');
  };
  const began = await now();
  const handle = await start({ waiting: false, deliveries: ['d'] });
  await handle.result();
  expect(attempts).toHaveLength(100);
  expect(givenUp).toEqual([{ deliveryId: 'd', error: 'answered 500' }]);
  // Not the present: with nothing left to wait for, the server's clock jumps by years.
  expect(((looks[0] ?? 0) - began) / dayMs).toBeCloseTo(1, 0);
});

test('a delivery that keeps failing does not hold up the wait', async () => {
  const until = (await now()) + 600_000;
  let resolvedAt = 0;
  look = (at) => {
    if (at >= until) resolvedAt ||= at;
    return at < until ? waiting(until) : { ...ended('completed'), deliveries: givenUp.length > 0 ? [] : ['d'] };
  };
  attempt = () => {
    throw new DeliveryError('answered 500');
  };
  const handle = await start({ until, deliveries: ['d'] });
  await handle.result();
  expect(resolvedAt).toBeLessThan(until + 5_000);
  expect(givenUp).toHaveLength(1);
});

test('an ask is asked once, and its answer ends the wait by a signal', async () => {
  const handle = await start({ asks: ['ask'] });
  await vi.waitFor(() => expect(asked).toEqual(['ask']), 5_000);
  await signal({ waiting: false });
  await handle.result();
  expect(asked).toEqual(['ask']);
  expect(looks).toHaveLength(1);
});

test('cancelling the workflow cancels the run in the books first', async () => {
  const handle = await start({ until: (await now()) + 30 * dayMs });
  look = () => (cancelled.length > 0 && looks.length > 1 ? ended('cancelled') : waiting(null));
  await runs.cancel(runId);
  await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
  expect(cancelled).toEqual([runId]);
  expect(await statusOf()).toEqual({ temporal: 'CANCELLED', ripen: 'cancelled' });
});

test('cancelling a run does not take back what it was about to say', async () => {
  attempt = (_, times) => {
    if (times <= 2) throw new DeliveryError('answered 503');
  };
  look = () => ({ ...ended('cancelled'), deliveries: attempts.length < 3 ? ['d'] : [] });
  const handle = await start({ until: (await now()) + 30 * dayMs, deliveries: ['d'] });
  await vi.waitFor(() => expect(attempts).toHaveLength(1), 5_000);
  await runs.cancel(runId);
  await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
  expect(attempts).toHaveLength(3);
});

test('a run that loops for years continues as new and keeps its wait and its attributes', async () => {
  const began = await now();
  const end = began + 200 * dayMs;
  look = (at) => (at >= end ? ended('completed') : waiting(at + dayMs));
  const handle = await start({ until: began + dayMs });
  const { runId: first } = await handle.describe();
  await handle.result();
  expect((await handle.describe()).runId).not.toBe(first);
  expect(looks.length).toBe(200);
  const { searchAttributes } = await handle.describe();
  expect(searchAttributes).toMatchObject({ RipenAutomation: ['a'], RipenContact: ['c'], RipenStatus: ['completed'] });
});

test('starting a run that is under way changes nothing; reaching one that is not says so', async () => {
  const handle = await start({ until: (await now()) + dayMs });
  await start({ until: (await now()) + 2 * dayMs });
  await handle.result();
  expect(looks).toHaveLength(1);
  expect(await runs.cancel('nobody')).toBe(false);
});

test('a run that ended long before its wait would have been over ends in Temporal at once', async () => {
  const until = (await now()) + 30 * dayMs;
  const handle = await start({ until });
  await signal({ waiting: false });
  await handle.result();
  expect(looks[0]).toBeLessThan(until - 29 * dayMs);
});

test('a signal begins again what is not under way and still has something to do, and nothing else', async () => {
  const handle = await start({ waiting: false });
  await handle.result();
  await signal({ waiting: false });
  expect(looks).toHaveLength(1);
  await signal({ waiting: false, deliveries: ['d'] });
  await handle.result();
  expect(attempts).toEqual(['d']);
});

test('waits of years are slept in parts', async () => {
  const until = (await now()) + 800 * dayMs;
  const handle = await start({ until });
  await handle.result();
  expect(looks).toHaveLength(1);
  expect(looks[0]).toBeGreaterThanOrEqual(until);
});

test('a run that is cancelled before its workflow first ran ends too', async () => {
  look = () => ({ ...ended('cancelled'), deliveries: attempts.length < 2 ? ['d'] : [] });
  attempt = (_, times) => {
    if (times < 2) throw new DeliveryError('answered 503');
  };
  const handle = await start({ until: (await now()) + 30 * dayMs, deliveries: ['d'] });
  await runs.cancel(runId);
  await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
  expect(cancelled).toEqual([runId]);
  expect(attempts).toHaveLength(2);
});

test('a run that is cancelled while it looks ends as what it finds', async () => {
  look = () => ended(cancelled.length > 0 ? 'cancelled' : 'completed');
  const handle = await start({ until: (await now()) - 1 });
  await runs.cancel(runId);
  await handle.result().catch(() => undefined);
  expect((await statusOf()).ripen).toBe(cancelled.length > 0 ? 'cancelled' : 'completed');
});
