import { randomBytes } from 'node:crypto';
import {
  acceptEvents,
  createPokes,
  createPrograms,
  createStore,
  publishDefinitions,
  type LaneDeps,
} from '@ripen/engine';
import { definitionSchema, runWorkflowId, type DefinitionInput, type Properties } from '@ripen/shared';
import { createWorkers, engineDeps } from '@ripen/workflows';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { expect, vi } from 'vitest';
import { createTestDatabase } from '../../helpers/database.ts';
import { createTimeSkippingEnvironment } from '../../helpers/temporal.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { workflowBundle } from './scripted.ts';

/** Long, because all test files share the machine; nothing depends on how long it takes. */
const patience = { timeout: 45_000, interval: 50 };

/** A run as its row says. */
export interface RunRow {
  id: string;
  status: string;
  trail: { node: string; at: number; port: string | null }[];
}

/** The real lanes, runs, dispatcher and Postgres under a clock that jumps, and a receiver outside. */
export interface DurableWorld extends AsyncDisposable {
  readonly environment: TestWorkflowEnvironment;
  readonly engine: LaneDeps;
  readonly receiver: Receiver;
  /** With which every channel signs. */
  readonly secret: string;
  now(): Promise<number>;
  /** Sends one event as it happens and waits until it is applied; returns the contact's id. */
  happens(userId: string, event: string, said?: { properties?: Properties; traits?: Properties }): Promise<string>;
  /** The newest run of an automation. */
  runOf(contactId: string, automation: string): Promise<RunRow>;
  temporalStatus(runId: string): Promise<{ temporal: string; ripen: unknown }>;
}

export const eventually = <T>(check: () => Promise<T>): Promise<T> => vi.waitFor(check, patience);

/** A world with these definitions published; channels get a secret. */
export const createDurableWorld = async (
  documents: (receiverUrl: string) => readonly DefinitionInput[],
): Promise<DurableWorld> => {
  const environment = await createTimeSkippingEnvironment();
  const database = await createTestDatabase();
  const receiver = await startReceiver();
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const store = createStore({ databaseUrl: database.url, max: 12 });
  const workflows = environment.client.workflow;
  const engine: LaneDeps = { store, programs: createPrograms(), pokes: createPokes(workflows) };
  const now = () => environment.currentTimeMs();
  const parsed = documents(receiver.url).map((document) => definitionSchema.parse(document));
  await publishDefinitions(engine, parsed, await now());
  for (const document of parsed)
    if (document.kind === 'channel')
      await store.pool.query(
        `insert into channel_secrets (channel, secret) values ($1, $2) on conflict (channel) do update set secret = $2`,
        [document.id, secret],
      );
  const workers = await createWorkers(
    engineDeps({
      engine,
      workflows,
      lingerMs: 0,
      delivery: {
        webhook: { privateAddresses: 'allowed', timeoutMs: 2_000, now: Date.now },
        email: { smtpUrl: null, from: 'ripen@example.com', timeoutMs: 1_000 },
      },
    }),
    {
      connection: environment.nativeConnection,
      namespace: environment.namespace ?? 'default',
      workflowBundle: await workflowBundle(),
    },
  );
  return {
    environment,
    engine,
    receiver,
    secret,
    now,
    happens: async (userId, event, { properties = {}, traits } = {}) => {
      const at = await now();
      const timestamp = new Date(at).toISOString();
      const [outcome] = await acceptEvents(
        engine,
        [
          traits
            ? { type: 'identify', userId, traits, timestamp }
            : { type: 'track', userId, event, properties, timestamp },
        ],
        { now: at },
      );
      if (outcome?.status !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
      const { messageId, contactId } = outcome;
      await eventually(async () => {
        const { rowCount } = await store.pool.query('select 1 from events where contact_id = $1 and message_id = $2', [
          contactId,
          messageId,
        ]);
        expect(rowCount).toBe(1);
      });
      return contactId;
    },
    runOf: async (contactId, automation) => {
      const { rows } = await store.pool.query<RunRow>(
        'select id, status, trail from runs where contact_id = $1 and automation = $2 order by started_at desc',
        [contactId, automation],
      );
      const run = rows[0];
      if (!run) throw new Error(`no run of ${automation}`);
      return run;
    },
    temporalStatus: async (runId) => {
      const { status, searchAttributes } = await workflows.getHandle(runWorkflowId(runId)).describe();
      return { temporal: status.name, ripen: searchAttributes['RipenStatus']?.[0] };
    },
    [Symbol.asyncDispose]: async () => {
      await workers.shutdown();
      await receiver.close();
      await store.close();
      await database.drop();
      await environment.teardown();
    },
  };
};
