/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return --
   answers are looked into freely: the server under test checks each against its schema */
import { giveNotice } from '@ripen/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrowser, type Browser } from './browser.ts';
import * as definitions from './definitions.ts';
import { startServer, type TestServer } from './support.ts';

let server: TestServer;
let ann: Browser;
let ben: Browser;
let contact = '';
const idOf = (n: number): string => `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`;

beforeAll(async () => {
  server = await startServer();
  await server.post('/api/apply', { documents: definitions.documents });
  await server.send({ type: 'identify', userId: 'ada', messageId: 'i1', traits: { firstName: 'Ada', lastName: 'L' } });
  await server.drain();
  const { rows } = await server.deps.store.pool.query<{ id: string }>(`select id from contacts`);
  contact = rows[0]?.id ?? '';
  const people = ['ann', 'ben'].map((name) => ({
    ...{ name, email: `${name}@example.com`, role: 'sales', password: `${name} has a password` },
  }));
  for (const person of people) await server.post('/api/people', person);
  [ann, ben] = [createBrowser(server), createBrowser(server)];
  for (const [browser, person] of [
    [ann, people[0]],
    [ben, people[1]],
  ] as const)
    if (person) await browser.signIn(person);
  for (let n = 1; n <= 3; n++)
    await giveNotice(
      server.deps.store,
      { kind: 'role', role: 'sales' },
      {
        ...{ deliveryId: idOf(n), contactId: contact, automation: 'hand-over' },
        ...{ subject: `Look ${n}`, body: 'Now', at: Date.UTC(2026, 0, n) },
      },
    );
});
afterAll(() => server[Symbol.asyncDispose]());

const list = async (browser: Browser, query = '') => (await browser.call({ path: `/api/notices${query}` })).body;
const read = (browser: Browser, body: object) => browser.call({ method: 'POST', path: '/api/notices/read', body });

test('everybody sees what they were told, newest first, with the contact’s name and where it came from', async () => {
  const { items, unread, next } = await list(ann);
  expect([unread, next]).toEqual([3, null]);
  expect(items.map(({ subject }: { subject: string }) => subject)).toEqual(['Look 3', 'Look 2', 'Look 1']);
  expect(items[0]).toMatchObject({
    ...{ id: idOf(3), body: 'Now', leadId: null, readAt: null, at: '2026-01-03T00:00:00.000Z' },
    ...{ contact: { id: contact, name: 'Ada L' }, automation: 'hand-over', automationName: 'Hand over' },
  });
});

test('pages go on where the last ended', async () => {
  const first = await list(ann, '?limit=2');
  const second = await list(ann, `?limit=2&after=${first.next}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([idOf(3), idOf(2), idOf(1)]);
  expect(second.next).toBeNull();
});

test('one marks one’s own as read, one by one or all; those of others stay as they are', async () => {
  expect((await read(ann, { ids: [idOf(2), idOf(77)] })).body).toEqual({ unread: 2 });
  expect((await list(ann, '?unread=true')).items.map(({ id }: { id: string }) => id)).toEqual([idOf(3), idOf(1)]);
  expect((await list(ben)).unread).toBe(3);
  expect((await read(ann, { all: true })).body).toEqual({ unread: 0 });
  expect((await list(ann)).items.every(({ readAt }: { readAt: string | null }) => readAt !== null)).toBe(true);
  expect((await list(ben)).unread).toBe(3);
});

test('who goes takes theirs along', async () => {
  const { rows } = await server.deps.store.pool.query<{ id: string }>(`select id from people where name = 'ben'`);
  await server.call({ method: 'DELETE', path: `/api/people/${rows[0]?.id}` });
  const left = await server.deps.store.pool.query(`select 1 from notices`);
  expect(left.rowCount).toBe(3);
});
