import { join } from 'node:path';
import { definitionSchema, definitionsOf, type Definition, type DefinitionInput } from '@ripen/shared';
import { startPostgres, waitUntil, type PostgresServer } from '@ripen/infra';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientOf } from '../helpers/api.ts';
import { booksOf, expectSameBooks } from '../helpers/books.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { settled } from '../helpers/settled.ts';
import { recordedArrivals } from '../helpers/workspace.ts';
import { simulate } from '../law/support/simulate.ts';
import { startReceiver, type Receiver } from '../workflows/support/receiver.ts';
import { patientDatabase, type PatientDatabase } from './support/database.ts';
import { pageModel } from './support/pages.ts';
import { startProxy, type Proxy } from './support/proxy.ts';
import { Senders } from './support/senders.ts';

// What the product stands on is slow or gone for a while. It says so, and goes on by itself when it is back.
const { path: home, remove } = temporaryHome();
let receiver: Receiver;
let postgres: PostgresServer;
let proxy: Proxy;
let product: Product;
let database: PatientDatabase;
let api: ReturnType<typeof clientOf>;
let documents: Definition[];
const opened: (() => Promise<unknown>)[] = [];

const definitionsWith = (url: string): Definition[] => {
  const inputs: DefinitionInput[] = [
    { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url },
    {
      kind: 'automation',
      id: 'tell',
      name: 'Tell',
      triggers: [{ type: 'event', event: 'demo_requested' }],
      nodes: [{ id: 'tell', type: 'notify', settings: { channel: 'hook', subject: 'Demo', body: '{{score:score}}' } }],
      edges: [{ from: 'start', to: 'tell' }],
    },
  ];
  return [pageModel(1.5), ...inputs.map((input) => definitionSchema.parse(input))];
};

beforeAll(async () => {
  receiver = await startReceiver();
  opened.push(() => receiver.close());
  postgres = await startPostgres({ dir: join(home, 'database') });
  opened.push(postgres.stop);
  proxy = await startProxy({ host: '127.0.0.1', port: postgres.port });
  opened.push(proxy.close);
  const proxied = new URL(postgres.url);
  proxied.port = String(proxy.port);
  product = await startProduct(home, { DATABASE_URL: proxied.href, RIPEN_ALLOW_PRIVATE_ADDRESSES: 'true' });
  opened.push(product.stop);
  database = patientDatabase(postgres.url);
  opened.push(database.close);
  api = clientOf(product.url, product.keys);
  documents = definitionsWith(`${receiver.url}/hook`);
  await api.post('/api/apply', { documents });
}, 180_000);

afterAll(async () => {
  for (const close of opened.reverse()) await close();
  await remove();
});

let batchNumber = 0;
const visits = (count: number): Senders => {
  const prefix = `v${batchNumber++}`;
  const messages = Array.from({ length: count }, (_, index) => ({
    type: 'page',
    userId: `u${index % 40}`,
    messageId: `${prefix}-${index}`,
  }));
  return new Senders({ url: product.url, writeKey: product.keys.writeKey, messages, width: 4, batchSize: 10 });
};

/** Nothing is lost or doubled, whatever happened on the way. */
const expectWhole = async (visitsSent: number): Promise<void> => {
  await settled(database.pool, Date.now(), 60_000);
  expect(await database.ask(`select count(*)::int as n from events where type = 'page'`)).toEqual({ n: visitsSent });
  const arrivals = await recordedArrivals(database.pool);
  const simulated = simulate({
    definitions: definitionsOf(documents),
    messages: arrivals,
    until: Date.now(),
    answers: 'recorded',
  });
  expectSameBooks(await booksOf(database.pool), simulated.books, 'After the fault and simulated');
};

let sent = 0;
beforeEach(() => {
  proxy.delayMs = 0;
  proxy.setBroken(false);
});

test('a slow database makes answers slow, and loses nothing', async () => {
  proxy.delayMs = 150;
  const senders = visits(400);
  senders.release(400);
  await waitUntil({
    what: 'Some answers from a slow database',
    timeoutMs: 60_000,
    until: async () => senders.acknowledged >= 100,
  });
  expect((await api.fetch('/health')).status).toBe(200);
  proxy.delayMs = 0;
  await senders.done();
  await expectWhole((sent += 400));
});

test('a database that is gone is said so, in a sentence; when it is back, everything goes on by itself', async () => {
  proxy.setBroken(true);
  const health = await api.fetch('/health', { signal: AbortSignal.timeout(20_000) });
  expect(health.status).toBe(503);
  expect(health.headers.get('content-type')).toContain('application/problem+json');
  const answer = await api.fetch('/v1/batch', {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${api.writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ batch: [{ type: 'page', userId: 'u1', messageId: 'while-gone' }] }),
    signal: AbortSignal.timeout(20_000),
  });
  expect(answer.status).toBe(503);
  const problem = (await answer.json()) as { detail: string };
  expect(problem.detail).toMatch(/^[A-Z].*\.$/);
  expect(JSON.stringify(problem)).not.toMatch(/ECONN|at .*\.ts/);
  const senders = visits(200);
  senders.release(200);
  await waitUntil({ what: 'A sender that is turned away', timeoutMs: 30_000, until: async () => senders.failures > 3 });
  proxy.setBroken(false);
  await senders.done();
  await expectWhole((sent += 200));
});

interface Deliveries {
  items: { status: string; attempts: number; lastError: string | null }[];
}

test('a webhook that answers 500, hangs and refuses is tried again until it is taken; scoring goes on meanwhile', async () => {
  const port = Number(new URL(receiver.url).port);
  receiver.answer = (response, times) => {
    if (times === 1) response.writeHead(500).end('broken');
    // The second is never answered.
  };
  await api.send([{ type: 'track', event: 'demo_requested', userId: 'u1', messageId: 'demo-1' }]);
  const failed = async (words: RegExp): Promise<void> =>
    waitUntil({
      what: `A delivery that failed with ${String(words)}`,
      timeoutMs: 60_000,
      until: async () =>
        words.test((await api.get<Deliveries>('/api/deliveries?status=pending')).items[0]?.lastError ?? ''),
    });
  await failed(/answered 500/);
  const senders = visits(40);
  await senders.done();
  await waitUntil({
    what: 'Scoring beside a broken webhook',
    timeoutMs: 10_000,
    until: async () =>
      (await database.ask<{ n: number }>(`select count(*)::int as n from events where type = 'page'`)).n === sent + 40,
  });
  sent += 40;
  await failed(/did not answer/);
  await receiver.close();
  await failed(/could not be reached/);
  receiver = await startReceiver(port);
  await waitUntil({
    what: 'The delivery',
    timeoutMs: 90_000,
    until: async () => (await api.get<Deliveries>('/api/deliveries?status=delivered')).items.length === 1,
  });
  expect(receiver.received).toHaveLength(1);
  await expectWhole(sent);
}, 240_000);
