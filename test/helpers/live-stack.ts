import { join } from 'node:path';
import {
  createPokes,
  createPrograms,
  createStore,
  publishDefinitions,
  touchContacts,
  type LaneDeps,
} from '@ripen/engine';
import { ripenHome } from '@ripen/infra';
import type { Definition } from '@ripen/shared';
import { cachedBundle, createWorkers, engineDeps, type WorkerDeps } from '@ripen/workflows';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { startApi, type Api } from './api.ts';
import { createTestDatabase } from './database.ts';
import { settled } from './settled.ts';
import { createTimeSkippingEnvironment } from './temporal.ts';

// Only what nobody expected is worth a line.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

/** The clock of every process of a stack: it stands where the test puts it. */
export interface SettableClock {
  now(): number;
  set(moment: number): void;
}

export const settableClock = (start: number): SettableClock => {
  let moment = start;
  return {
    now: () => moment,
    set: (next) => {
      moment = next;
    },
  };
};

/**
 * Timers of the moment that is waited for fire before the test goes on: the time-skipping server (1.38) loses a workflow task
 * during which a timer fires that the workflow just then cancels. The stack's own clock does not go further.
 */
const timersAheadMs = 1_000;

/** Real HTTP, lanes, runs and Postgres over a Temporal whose time jumps. */
export interface LiveStack {
  readonly deps: LaneDeps;
  readonly api: Api;
  readonly clock: SettableClock;
  readonly environment: TestWorkflowEnvironment;
  /** Lets time go on to `moment`, ms: timers fire on the way, and everything that follows from them has happened. */
  advance(moment: number): Promise<void>;
  /** Waits until nothing is left that could happen now. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface LiveStackOptions {
  documents: readonly Definition[];
  /** Signing secrets of webhook channels. */
  secrets?: Readonly<Record<string, string>>;
}

/** Starts one; its clock stands at the present of its Temporal. */
export const startLiveStack = async ({ documents, secrets = {} }: LiveStackOptions): Promise<LiveStack> => {
  const [environment, database] = await Promise.all([createTimeSkippingEnvironment(), createTestDatabase()]);
  const clock = settableClock(await environment.currentTimeMs());
  const store = createStore({ databaseUrl: database.url, max: 20 });
  const deps: LaneDeps = { store, programs: createPrograms(), pokes: createPokes(environment.client.workflow) };
  await publishDefinitions(deps, documents, clock.now());
  await touchContacts(deps);
  for (const [channel, secret] of Object.entries(secrets)) {
    await store.pool.query(
      'insert into channel_secrets (channel, secret) values ($1, $2) on conflict (channel) do update set secret = excluded.secret',
      [channel, secret],
    );
  }
  const engine = engineDeps({
    engine: deps,
    workflows: environment.client.workflow,
    lingerMs: 0,
    delivery: {
      webhook: { privateAddresses: 'allowed', timeoutMs: 5_000, now: clock.now },
      email: { smtpUrl: null, from: 'Ripen <ripen@localhost>', timeoutMs: 5_000 },
    },
  });
  const workers = await createWorkers(underClock(engine, clock), {
    connection: environment.nativeConnection,
    namespace: environment.namespace ?? 'default',
    workflowBundle: await cachedBundle(join(ripenHome(), 'cache')),
  });
  const api = await startApi(deps, { clock, workflows: environment.client.workflow });
  const settle = (): Promise<void> => settled(store.pool, clock.now());
  return {
    deps,
    api,
    clock,
    environment,
    settle,
    advance: async (moment) => {
      clock.set(moment);
      const ahead = moment - (await environment.currentTimeMs());
      if (ahead > 0) await environment.sleep(ahead + timersAheadMs);
      await settle();
    },
    close: async () => {
      await workers.shutdown();
      await api.close();
      await store.close();
      await environment.teardown();
      await database.drop();
    },
  };
};

/**
 * The server's time runs on while tests work, and jumps past what they are to see: no activity is told a later present than
 * the stack's clock shows.
 */
const underClock = (deps: WorkerDeps, clock: SettableClock): WorkerDeps => {
  const capped = <Args extends { now: number }>(args: Args): Args => ({
    ...args,
    now: Math.min(args.now, clock.now()),
  });
  return {
    ...deps,
    lanes: { ...deps.lanes, drainLane: (args) => deps.lanes.drainLane(capped(args)) },
    outbox: { ...deps.outbox, dispatch: (args) => deps.outbox.dispatch(capped(args)) },
    runs: {
      ...deps.runs,
      lookAgain: (args) => deps.runs.lookAgain(capped(args)),
      ask: (args) => deps.runs.ask(capped(args)),
      cancelRun: (args) => deps.runs.cancelRun(capped(args)),
      attemptDelivery: (id, now) => deps.runs.attemptDelivery(id, Math.min(now, clock.now())),
      giveUpDelivery: (id, error, now) => deps.runs.giveUpDelivery(id, error, Math.min(now, clock.now())),
    },
  };
};
