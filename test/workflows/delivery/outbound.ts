import { randomBytes, randomUUID } from 'node:crypto';
import { createStore, giveNotice, type Store } from '@ripen/engine';
import type { Properties } from '@ripen/shared';
import { attemptDelivery, DeliveryStore, type DeliverySettings } from '@ripen/workflows';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';

/** With which webhooks sign. */
export const secret = `whsec_${randomBytes(24).toString('base64')}`;

/** What a test of deliveries stands in; receiver, settings and answers are new for each. */
export interface Outbound {
  pool: pg.Pool;
  receiver: Receiver;
  settings: DeliverySettings;
  /** What was recorded as answers to requests. */
  answers: Properties[];
  /** Puts a channel in force; returns its id. */
  publish: (channel: object) => Promise<string>;
  /** Something to say by a channel that a run left; returns the delivery's id. */
  say: (channel: string) => Promise<string>;
  /** A delivery by a webhook to the receiver. */
  webhook: () => Promise<string>;
  attempt: (delivery: string) => Promise<void>;
  /** What is written down of a delivery. */
  row: (delivery: string) => Promise<DeliveryRow | undefined>;
}

interface DeliveryRow {
  status: string;
  attempts: number;
  last_error: string | null;
  delivered_at: Date | null;
}

/** A database, and a receiver that answers as the test says, while the tests of a file run. */
export const startOutbound = (): Outbound => {
  let database: TestDatabase;
  let store: Store;
  const publish: Outbound['publish'] = async (channel) => {
    const id = `channel-${randomUUID().slice(0, 8)}`;
    await outbound.pool.query(
      `insert into definitions (kind, id, version, document, from_revision) values ('channel', $1, 1, $2, 1)`,
      [id, { kind: 'channel', id, name: id, ...channel }],
    );
    await outbound.pool.query('insert into channel_secrets (channel, secret) values ($1, $2)', [id, secret]);
    return id;
  };
  const say: Outbound['say'] = async (channel) => {
    const [id, runId] = [randomUUID(), randomUUID()];
    await outbound.pool.query(
      `insert into runs (id, contact_id, automation, version, status, started_at, updated_at, trail, backfilled)
       values ($1, $2, 'card', 1, 'completed', 1, 1, '[]', false)`,
      [runId, randomUUID()],
    );
    await outbound.pool.query(
      `insert into deliveries (id, run_id, contact_id, node, channel, status, payload, at)
       values ($1, $2, $3, 'tell', $4, 'pending', '{"message":{"subject":"Hot lead","body":"Call now"}}', 1767312000000)`,
      [id, runId, randomUUID(), channel],
    );
    return id;
  };
  const outbound = {
    publish,
    say,
    webhook: async () => say(await publish({ type: 'webhook', url: `${outbound.receiver.url}/hook` })),
    attempt: (id) =>
      attemptDelivery(
        {
          store: new DeliveryStore(outbound.pool),
          settings: outbound.settings,
          answer: (_, detail) => {
            outbound.answers.push(detail);
            return Promise.resolve();
          },
          giveNotice: (to, notice) => giveNotice(store, to, notice),
        },
        id,
      ),
    row: async (id) => {
      const { rows } = await outbound.pool.query<DeliveryRow>(
        'select status, attempts, last_error, delivered_at from deliveries where id = $1',
        [id],
      );
      return rows[0];
    },
    // The rest is there before the first test.
  } as Outbound;
  beforeAll(async () => {
    database = await createTestDatabase();
    outbound.pool = new pg.Pool({ connectionString: database.url, max: 2 });
    store = createStore({ databaseUrl: database.url, max: 2 });
  });
  afterAll(async () => {
    await outbound.pool.end();
    await store.close();
    await database.drop();
  });
  beforeEach(async () => {
    outbound.answers = [];
    outbound.receiver = await startReceiver();
    outbound.settings = {
      webhook: { privateAddresses: 'allowed', timeoutMs: 1_000, now: Date.now },
      email: { smtpUrl: null, from: 'Ripen <ripen@example.com>', timeoutMs: 1_000 },
    };
  });
  afterEach(() => outbound.receiver.close());
  return outbound;
};

export const containing = (part: string): unknown => expect.stringContaining(part);
