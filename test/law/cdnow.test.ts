import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definitionsOf } from '@ripen/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from '../helpers/api.ts';
import { booksOf, booksOfLines, expectEnough, expectSameBooks, type Books } from '../helpers/books.ts';
import { repo, ripenWell } from '../helpers/cli.ts';
import { dataDir, hasData } from '../helpers/data.ts';
import { startLiveStack } from '../helpers/live-stack.ts';
import { openWorkspace, rebuildAll } from '../helpers/workspace.ts';
import { startReceiver } from '../workflows/support/receiver.ts';
import { readDocuments } from './support/documents.ts';
import { richEnough } from './support/enough.ts';
import { liveOut } from './support/live.ts';
import { shifted, type GeneratedHistories, type Message } from './support/messages.ts';
import { simulate } from './support/simulate.ts';

const dayMs = 86_400_000;
const example = join(repo, 'shared/examples/cdnow');
const definitionsDir = join(example, 'definitions');

/** More than a year after the last purchase: all that time does has been done. */
const until = Date.parse('1999-10-01T00:00:00Z');
const untilText = new Date(until).toISOString();

const work = mkdtempSync(join(tmpdir(), 'ripen-cdnow-'));
chmodSync(work, 0o755);
const events = join(work, 'events.jsonl');

/** What the command line's simulator makes of a file of events. */
const simulated = async (file: string, ...more: string[]): Promise<Books> => {
  const out = join(work, 'simulated.jsonl');
  await ripenWell([
    'simulate',
    '-d',
    definitionsDir,
    '-e',
    file,
    '--until',
    untilText,
    '--only',
    'entry,move',
    '-o',
    out,
    ...more,
  ]);
  return booksOfLines(readFileSync(out, 'utf8'));
};

describe.skipIf(!hasData('cdnow-sample.csv'))('real purchases of 18 months', () => {
  beforeAll(async () => {
    const { stderr } = await ripenWell([
      'import',
      '--mapping',
      join(example, 'mapping.json'),
      '--dir',
      dataDir,
      '--out',
      events,
    ]);
    expect(stderr).toContain('6,919 events sorted and written');
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('loaded by the command line, simulated by it, exported, replayed and rebuilt: the same ledger', async () => {
    const documents = readDocuments(definitionsDir);
    const all = readMessages(events);
    expectEnough(simulate({ definitions: definitionsOf(documents), messages: all, until }).happened, 100);
    const workspace = await openWorkspace([]);
    const { pool } = workspace.deps.store;
    const api = await startApi(workspace.deps, { clock: { now: () => until } });
    const server = { RIPEN_URL: api.url, RIPEN_KEY: api.apiKey };
    try {
      await ripenWell(['apply', definitionsDir], server);
      await whileDraining(
        workspace.drain,
        ripenWell(['import', events, '--name', 'CDNOW', '--checkpoint', join(work, 'checkpoint.json')], server),
      );
      await whileDraining(workspace.drain, untilClosed(api.get));
      await workspace.drain(until);
      const expected = await simulated(events);
      expectSameBooks(await booksOf(pool), expected, 'Loaded and simulated as live');
      expectSameBooks(await simulated(events, '--load'), expected, 'Simulated as a load and as live');
      const arrivals = join(work, 'arrivals.jsonl');
      await ripenWell(['export', '--arrivals', arrivals], server);
      expectSameBooks(await simulated(arrivals), expected, 'Simulated from the exported arrivals');
      await rebuildAll(workspace, until);
      await workspace.drain(until);
      expectSameBooks(
        await booksOf(pool),
        await simulated(events, '--generation', '2'),
        'Rebuilt and simulated as generation 2',
      );
      expectSameBooks(
        await booksOf(pool),
        await simulated(arrivals, '--generation', '2'),
        'Rebuilt and simulated from the exported arrivals',
      );
    } finally {
      await api.close();
      await workspace.close();
    }
  });

  test('lived through by as many customers as it takes: the same ledger', async () => {
    const receiver = await startReceiver();
    // E-mail to colleagues goes to a server of the test here; channels are no part of the ledger.
    const documents = readDocuments(definitionsDir).map((document) =>
      document.kind === 'channel'
        ? {
            kind: 'channel' as const,
            id: document.id,
            name: document.name,
            type: 'webhook' as const,
            url: receiver.url,
          }
        : document,
    );
    const definitions = definitionsOf(documents);
    const channels = documents.filter((document) => document.kind === 'channel').map(({ id }) => id);
    const stack = await startLiveStack({
      documents,
      secrets: Object.fromEntries(channels.map((id) => [id, `whsec_${Buffer.alloc(24, 3).toString('base64')}`])),
    });
    try {
      const all = readMessages(events);
      // Time goes forward only: the history begins on a day to come, at midnight.
      const start = Math.ceil((stack.clock.now() + dayMs) / dayMs) * dayMs;
      const history = richEnough(definitions, {
        from: 60,
        by: 10,
        histories: (customers) => shifted(ofCustomers(all, customers), start),
      });
      await liveOut(stack, { ...history, stops: history.simulated.askedAt });
      expectSameBooks(await booksOf(stack.deps.store.pool), history.simulated.books, 'Lived and simulated');
    } finally {
      await stack.close();
      await receiver.close();
    }
  });
});

/** Purchases with when they were received: on their day. */
const readMessages = (path: string): Message[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Message) // Written by the importer just now.
    .map((message) => ({ ...message, receivedAt: message.timestamp }));

/** The history of the customers whose numbers come first, and the months after it. */
const ofCustomers = (all: readonly Message[], customers: number): GeneratedHistories => {
  const chosen = new Set([...new Set(all.map((message) => message.userId))].sort().slice(0, customers));
  const messages = all.filter((message) => chosen.has(message.userId));
  return { messages, until: Date.parse(messages.at(-1)?.receivedAt ?? '') + 60 * dayMs };
};

const untilClosed = async (get: <T>(path: string) => Promise<T>): Promise<void> => {
  for (;;) {
    const { items } = await get<{ items: { status: string }[] }>('/api/imports');
    if (items.every(({ status }) => status === 'closed')) return;
  }
};

/** Lanes are drained for as long as something is under way. */
const whileDraining = async (drain: (now: number) => Promise<void>, underWay: Promise<unknown>): Promise<void> => {
  let over = false;
  const ended = underWay.finally(() => (over = true));
  while (!over) await drain(until);
  await ended;
};
