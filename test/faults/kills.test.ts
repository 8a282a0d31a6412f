import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { contactIdOf, definitionsOf, type Definition } from '@ripen/shared';
import { waitUntil } from '@ripen/infra';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../helpers/api.ts';
import { booksOf, expectSameBooks, type Books } from '../helpers/books.ts';
import { startProduct, temporaryHome, type PartName, type Product } from '../helpers/product.ts';
import { seed, tellSeed } from '../helpers/seed.ts';
import { settled } from '../helpers/settled.ts';
import { recordedArrivals } from '../helpers/workspace.ts';
import { simulate } from '../law/support/simulate.ts';
import { startReceiver, type Receiver } from '../workflows/support/receiver.ts';
import { patientDatabase, progressOf, type PatientDatabase } from './support/database.ts';
import { accountModel, liveEvent, prepareLoad, type Load } from './support/load.ts';
import { Senders } from './support/senders.ts';

tellSeed();

const times = 5;
const parts: readonly PartName[] = ['Worker', 'API', 'Temporal', 'Postgres'];
const width = 4;
const backMs = 90_000;

const { path: home, remove } = temporaryHome();
const work = mkdtempSync(join(tmpdir(), 'ripen-faults-'));
let receiver: Receiver;
let product: Product;
let database: PatientDatabase;
const opened: (() => Promise<unknown>)[] = [];
let load: Load;
let api: ReturnType<typeof clientOf>;
let livePeople = 0;

beforeAll(async () => {
  receiver = await startReceiver();
  opened.push(receiver.close);
  load = await prepareLoad({ work, seed, hookUrl: `${receiver.url}/hook` });
  product = await startProduct(home, { RIPEN_ALLOW_PRIVATE_ADDRESSES: 'true' });
  opened.push(product.stop);
  database = patientDatabase(product.databaseUrl);
  opened.push(database.close);
  api = clientOf(product.url, product.keys);
  await api.post('/api/apply', { documents: load.documents });
}, 240_000);

afterAll(async () => {
  // Last first, and whatever a failed start left out.
  for (const close of opened.reverse()) await close();
  await remove();
  rmSync(work, { recursive: true, force: true });
});

/** Sends until a drain has applied some of what is under way, and some is left: the moment to kill. */
const untilInMidDrain = async (senders: Senders, chunk: number): Promise<void> => {
  const from = performance.now();
  for (let before = await progressOf(database); ;) {
    const now = await progressOf(database);
    const left = now.waiting + senders.underWay;
    if (left > 0 && now.applied > before.applied) return;
    if (performance.now() - from > backMs)
      throw new Error(`No drain is under way: ${left} are left, ${now.applied} applied.`);
    if (left > 0) continue;
    // All of it was applied between two looks: more of it.
    before = now;
    senders.release(chunk);
  }
};

/** People who ask for a demo right now: runs, leads and webhooks while everything falls over. */
const livePeopleAsk = (count: number): Senders => {
  const messages = Array.from({ length: count }, () => {
    const userId = `live-${livePeople++}`;
    return {
      type: 'track',
      event: liveEvent,
      userId,
      messageId: `${userId}:${seed}`,
      context: { traits: { email: `${userId}@example.com` } },
    };
  });
  const senders = new Senders({ url: product.url, writeKey: product.keys.writeKey, messages, width: 1, batchSize: 1 });
  senders.release(count);
  return senders;
};

test('what was committed is on disk: no setting trades safety for speed', async () => {
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    expect(await database.ask(`show ${name}`)).toEqual({ [name]: 'on' });
  }
});

test('every part is killed in mid-drain, five times each; the ledger is what the simulator says', async () => {
  const { id: importId } = await api.post<{ id: string }>('/api/imports', { name: load.name });
  const { messages } = load;
  const senders = new Senders({
    url: product.url,
    writeKey: product.keys.writeKey,
    importId,
    messages,
    width,
    batchSize: Math.ceil(messages.length / 600),
  });
  const live: Senders[] = [];
  const chunk = Math.floor(messages.length / (times * parts.length * 2));
  for (let round = 0; round < times; round++) {
    for (const part of rotated(parts, seed + round)) {
      live.push(livePeopleAsk(2));
      await untilInMidDrain(senders, chunk);
      const pid = product.pid(part);
      product.kill(part);
      const atKill = await progressOf(database);
      await waitUntil({
        what: `${part} after its kill`,
        timeoutMs: backMs,
        until: async () => product.pid(part) !== pid,
      });
      await waitUntil({
        what: `Progress after ${part} was killed`,
        timeoutMs: backMs,
        until: async () => (await progressOf(database)).applied > atKill.applied,
      });
    }
  }
  await senders.done();
  for (const each of live) await each.done();
  await api.post(`/api/imports/${importId}/close`, {});
  await waitUntil({
    what: 'The end of the load',
    timeoutMs: 240_000,
    until: async () => (await api.get<{ status: string }>(`/api/imports/${importId}`)).status === 'closed',
  });
  await expectWholeBooks();
});

test('Temporal loses its database: lanes and waiting runs are back, and nothing is told twice', async () => {
  const waiting = await database.ask<{ runs: number }>(
    `select count(*)::int as runs from runs where status = 'waiting' and has_workflow`,
  );
  expect(waiting.runs).toBeGreaterThanOrEqual(livePeople);
  const told = receiver.received.length;
  const pid = product.pid('Temporal');
  for (const file of ['temporal.db', 'temporal.db-wal', 'temporal.db-shm'])
    rmSync(join(home, 'temporal', file), { force: true });
  product.kill('Temporal');
  await waitUntil({ what: 'Temporal', timeoutMs: backMs, until: async () => product.pid('Temporal') !== pid });
  await livePeopleAsk(3).done();
  await expectWholeBooks();
  const connection = await Connection.connect({ address: product.temporalAddress });
  try {
    const client = new Client({ connection });
    const query = "WorkflowType = 'run' and ExecutionStatus = 'Running' and RipenStatus = 'waiting'";
    let held = -1;
    await waitUntil({
      what: 'The runs that wait',
      timeoutMs: backMs,
      until: async () => (held = (await client.workflow.count(query)).count) >= waiting.runs + 3,
    });
    expect(held).toBe(waiting.runs + 3);
  } finally {
    await connection.close();
  }
  expect(idsOf(receiver).size).toBe(idsOf(receiver, told).size + 3);
});

const idsOf = ({ received }: Receiver, upTo = received.length): Set<unknown> =>
  new Set(received.slice(0, upTo).map(({ headers }) => headers['webhook-id']));

/** Once each, in order, and what follows from them: of the load by its file, of the living by what was recorded. */
const expectWholeBooks = async (): Promise<void> => {
  await database.ask('select 1');
  // What a killed part was about to deliver is tried again ever later; each kill costs it an attempt.
  await settled(database.pool, Date.now(), 240_000);
  const until = Date.now();
  const definitions = definitionsOf(load.documents satisfies Definition[]);
  const written = await booksOf(database.pool);
  const { rows } = await database.pool.query<{ letters: number; events: number }>(
    'select (select count(*) from dead_letters)::int as letters, count(distinct message_id)::int as events from events',
  );
  const answers = await database.ask<{ answers: number }>(
    `select count(*)::int as answers from events where type = 'ripen.answer'`,
  );
  expect(rows).toEqual([{ letters: 0, events: load.messages.length + livePeople + answers.answers }]);
  const simulated = simulate({ definitions, messages: load.messages, until, historical: true });
  const people = new Set(
    load.messages.map(({ userId }) => contactIdOf({ user: userId, email: null, anonymous: null })),
  );
  expectSameBooks(only(written, people), simulated.books, 'Under fire and simulated from the file');
  const arrivals = await recordedArrivals(database.pool);
  expectSameBooks(
    written,
    simulate({ definitions, messages: arrivals, until, answers: 'recorded' }).books,
    'Under fire and simulated from what was recorded',
  );
  const { rows: leads } = await database.pool.query(
    `select count(*)::int as leads, count(distinct contact_id)::int as people from leads where queue = 'faults-queue' and status = 'open'`,
  );
  expect(leads).toEqual([{ leads: livePeople, people: livePeople }]);
  const { rows: deliveries } = await database.pool.query<{ id: string; status: string }>(
    `select id, status from deliveries where node = 'tell' and channel = 'faults-hook'`,
  );
  expect(deliveries.map(({ status }) => status)).toEqual(deliveries.map(() => 'delivered'));
  expect(deliveries).toHaveLength(livePeople);
  expect([...idsOf(receiver)].sort()).toEqual(deliveries.map(({ id }) => id).sort());
  const warm = await database.ask<{ entries: number }>(
    `select count(*)::int as entries from ledger where model = 'faults-warmth'`,
  );
  expect(warm.entries).toBeGreaterThan(0);
  await expectAccounts();
};

interface Scored {
  id: string;
  scores: { model: string; score: number }[];
}

/** What is written of accounts comes to what they are when they are computed anew. */
const expectAccounts = async (): Promise<void> => {
  const scoreOf = ({ id, scores }: Scored) => ({
    id,
    score: scores.find(({ model }) => model === accountModel)?.score,
  });
  let written: unknown[] = [];
  let anew: unknown[] = [];
  const same = async (): Promise<boolean> => {
    const { items } = await api.get<{ items: Scored[] }>('/api/accounts?limit=200');
    written = items.map(scoreOf);
    anew = [];
    for (const { id } of items) anew.push(scoreOf(await api.get<Scored>(`/api/accounts/${id}`)));
    return isDeepStrictEqual(written, anew);
  };
  await waitUntil({ what: 'Accounts as their contacts are', timeoutMs: backMs, until: same });
  expect(written.length > 0).toBe(load.name === 'b2b-saas');
};

const only = ({ entries, moves }: Books, people: ReadonlySet<string>): Books => {
  const theirs = (line: string): boolean => people.has((JSON.parse(line) as { contact: string }).contact); // As booksOf wrote it.
  return { entries: entries.filter(theirs), moves: moves.filter(theirs) };
};

/** In another order each round. */
const rotated = <T>(items: readonly T[], by: number): T[] =>
  items.map((_, index) => items[(index + by) % items.length] as T); // Within bounds.
