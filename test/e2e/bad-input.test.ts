import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptArrivals, createPool } from '@ripen/engine';
import { waitUntil } from '@ripen/infra';
import { contactIdOf, slotOf, type Accepted } from '@ripen/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../helpers/api.ts';
import { ripen } from '../helpers/cli.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { settled } from '../helpers/settled.ts';

// What should never have been sent, through the running product: a clear error or a dead letter, the rest is applied, the
// lane goes on. Each route's own refusals are tested beside the routes.
const { path: home, remove } = temporaryHome();
const work = mkdtempSync(join(tmpdir(), 'ripen-bad-'));
let product: Product;
let api: ReturnType<typeof clientOf>;
let pool: ReturnType<typeof createPool>;
const opened: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  product = await startProduct(home);
  opened.push(product.stop);
  api = clientOf(product.url, product.keys);
  pool = createPool({ databaseUrl: product.databaseUrl, max: 2 });
  opened.push(() => pool.end());
  await api.post('/api/apply', {
    documents: [
      {
        kind: 'model',
        id: 'score',
        name: 'Score',
        groups: [{ id: 'use', name: 'Use', kind: 'behaviour' }],
        rules: [
          {
            kind: 'behaviour',
            id: 'visit',
            name: 'Visit',
            group: 'use',
            points: 1,
            event: 'visit',
            counts: { kind: 'every_time' },
          },
        ],
      },
    ],
  });
}, 180_000);

afterAll(async () => {
  for (const close of opened.reverse()) await close();
  await remove();
  rmSync(work, { recursive: true, force: true });
});

interface DeadLetter {
  id: string;
  messageId: string | null;
  error: string;
}
const deadLetters = async (): Promise<DeadLetter[]> =>
  (await api.get<{ items: DeadLetter[] }>('/api/dead-letters')).items;

const scoreOf = async (userId: string): Promise<number> => {
  const { id } = await api.get<{ id: string }>(`/api/contacts/look-up?userId=${userId}`);
  const { items } = await api.get<{ items: { model: string; score: number }[] }>(`/api/contacts/${id}/scores`);
  return items.find(({ model }) => model === 'score')?.score ?? 0;
};

const sendRaw = async (body: string): Promise<{ status: number; answer: Accepted }> => {
  const response = await api.fetch('/v1/batch', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${api.writeKey}:`).toString('base64')}`,
    },
    body,
  });
  return { status: response.status, answer: (await response.json()) as Accepted }; // The route documents its answer.
};

const visit = (userId: string, messageId: string): string =>
  `{"type":"track","event":"visit","userId":"${userId}","messageId":"${messageId}"}`;

test('a batch of nonsense with a few good events: the good ones count, each of the others is told why not', async () => {
  const bad = [
    '{"type":"track","event":"visit","userId":"u","messageId":"nan","properties":{"n":1e999}}',
    '{"type":"track","event":"visit","userId":"u","messageId":"nul","properties":{"n":"\\u0000"}}',
    '{"type":"track","event":"visit","userId":"u","messageId":"proto","properties":{"__proto__":{"n":1}}}',
    '{"type":"identify","userId":"u","messageId":"constructor","traits":{"constructor":{"prototype":{"n":1}}}}',
    '{"type":"track","event":"visit","userId":"u","messageId":"ancient","timestamp":"0001-01-01T00:00:00Z"}',
    '{"type":"unheard-of","userId":"u","messageId":"type"}',
    '{"type":"track","event":"ripen.set_stage","userId":"u","messageId":"ours","properties":{"stage":"sql"}}',
    'null',
    '42',
  ];
  const good = [visit('u', 'good-1'), visit('u', 'good-2'), visit('v', 'good-3'), visit('v', 'good-3')];
  const { status, answer } = await sendRaw(`{"batch":[${[good[0], ...bad, ...good.slice(1)].join(',')}]}`);
  expect(status).toBe(200);
  expect([answer.accepted, answer.duplicates, answer.errors.length]).toEqual([3, 1, bad.length]);
  for (const { error } of answer.errors) expect(error.message).toMatch(/^("|[A-Z]).{8,}\.$/);
  expect((await sendRaw(`{"batch":[${visit('u', 'good-1')}`)).status).toBe(400);
  await settled(pool, Date.now());
  expect([await scoreOf('u'), await scoreOf('v')]).toEqual([2, 1]);
  expect(await deadLetters()).toEqual([]);
});

test('a date that is absurd but possible counts now', async () => {
  await api.send([
    { type: 'track', event: 'visit', userId: 'future', messageId: 'future', timestamp: '2999-01-01T00:00:00Z' },
  ]);
  await settled(pool, Date.now());
  expect(await scoreOf('future')).toBe(1);
});

test('an event that makes a step throw is a dead letter with its reason; its contact, its batch and its lane go on', async () => {
  const people = Array.from({ length: 40 }, (_, index) => `p${index}`);
  await api.send(people.map((userId) => ({ type: 'track', event: 'visit', userId, messageId: `before-${userId}` })));
  // No sender can do this: only a fault of the product itself can.
  const contactId = contactIdOf({ user: 'p7', email: null, anonymous: null });
  const body = {
    messageId: 'broken',
    type: 'ripen.no_such_thing',
    properties: {},
    fields: null,
    occurredAt: Date.now(),
    backfilled: false,
  };
  await acceptArrivals(pool, [
    { kind: 'event', contactId, slot: slotOf(contactId), revision: 1, receivedAt: Date.now(), importId: null, body },
  ]);
  await api.send(people.map((userId) => ({ type: 'track', event: 'visit', userId, messageId: `after-${userId}` })));
  await settled(pool, Date.now());
  const letters = await deadLetters();
  expect(letters).toMatchObject([
    { messageId: 'broken', error: expect.stringContaining('ripen.no_such_thing') as string },
  ]);
  for (const userId of people) expect(await scoreOf(userId)).toBe(2);
  // Retried, it fails again and is shown again; nothing else happens.
  await api.post(`/api/dead-letters/${letters[0]?.id}/retry`, {});
  await waitUntil({
    what: 'The dead letter of the retry',
    timeoutMs: 30_000,
    until: async () => (await deadLetters()).some(({ id }) => id !== letters[0]?.id),
  });
  expect(await scoreOf('p7')).toBe(2);
});

test('an invalid graph is refused with the node at fault, and nothing is published', async () => {
  const before = await api.get<{ items: unknown[] }>('/api/automations');
  const response = await api.fetch('/api/apply', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${api.apiKey}` },
    body: JSON.stringify({
      documents: [
        {
          kind: 'automation',
          id: 'bad',
          name: 'Bad',
          triggers: [{ type: 'event', event: 'visit' }],
          nodes: [{ id: 'points', type: 'add_points', settings: { model: 'no-such-model', group: 'use', points: 1 } }],
          edges: [{ from: 'start', to: 'points' }],
        },
      ],
    }),
  });
  expect(response.status).toBe(422);
  expect(JSON.stringify(await response.json())).toMatch(/"node":"points"/);
  expect(await api.get('/api/automations')).toEqual(before);
});

test('a messy spreadsheet: a byte order mark, semicolons and ragged rows; what is good goes in, the rest is explained', async () => {
  const csv = join(work, 'messy.csv');
  const errors = join(work, 'errors.csv');
  writeFileSync(csv, '\uFEFFid;when;what\nx1;2026-01-02;a\nx2;not a date;b\nx3;2026-01-03\nx1;2026-01-04;c\n');
  const flags = [
    '--time',
    'when',
    '--user-id',
    'id',
    '--event',
    'visit',
    '--errors',
    errors,
    '--checkpoint',
    join(work, 'checkpoint.json'),
  ];
  const { code, stderr } = await ripen(['import', csv, ...flags], {
    RIPEN_URL: product.url,
    RIPEN_KEY: product.keys.apiKey,
  });
  expect([code, stderr]).toEqual([1, expect.stringContaining('2 events loaded') as string]);
  await waitUntil({
    what: 'The end of the load',
    timeoutMs: 60_000,
    until: async () =>
      (await api.get<{ items: { status: string }[] }>('/api/imports')).items.every(({ status }) => status === 'closed'),
  });
  expect(await scoreOf('x1')).toBe(2);
  const explained = readFileSync(errors, 'utf8');
  expect(explained).toContain('not a date');
  expect(explained.trim().split('\n')).toHaveLength(3);
});
