/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { announce, type Store } from '@ripen/engine';
import type { Role } from '@ripen/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { openLive, soon, type LiveEvents } from './events.ts';
import { createFixture, type Fixture } from './fixture.ts';

let f: Fixture;
beforeAll(async () => {
  f = await createFixture();
});
afterAll(() => f[Symbol.asyncDispose]());

const asAdmin = (more: Record<string, string> = {}): Promise<LiveEvents> =>
  openLive(f.server.url, { authorization: `Bearer ${f.server.admin}`, ...more });

const person = async (role: Role) => {
  const who = { name: role, role, email: `${crypto.randomUUID()}@example.com`, password: 'long enough to do' };
  const { body } = await f.server.post('/api/people', who);
  const browser = createBrowser(f.server);
  await browser.signIn(who);
  return { id: body.id as string, browser, live: () => openLive(f.server.url, { cookie: browser.cookies() }) };
};

const topicsOf = ({ events }: LiveEvents): string[] => events.flatMap(({ data }) => data.topic ?? []);
const says =
  (topic: string, id?: string) =>
  (events: LiveEvents['events']): boolean =>
    events.some(({ data }) => data.topic === topic && (id === undefined || data.ids?.includes(id)));

/** Every notification, as Postgres hands them out. */
const notifications = async (store: Store): Promise<string[]> => {
  const heard: string[] = [];
  await store.listener.follow('ripen_live', {
    heard: (payload) => void heard.push(payload),
    lost: () => undefined,
  });
  return heard;
};

test('an event is heard of as soon as it is applied, by one notification for its batch', async () => {
  const heard = await notifications(f.server.deps.store);
  await using live = await asAdmin();
  await f.server.send(
    { type: 'track', event: 'Email Clicked', userId: 'ada', messageId: 'live1' },
    ...Array.from({ length: 30 }, (_, n) => ({
      type: 'track',
      event: 'Email Clicked',
      userId: `live${n}`,
      messageId: `m${n}`,
    })),
  );
  heard.length = 0;
  await f.server.drain();
  await live.until(says('contacts', f.contact));
  const batches = heard.filter((payload) => 'contacts' in (JSON.parse(payload) as object));
  // Eight lanes, and no lane has more than one batch of so few.
  expect(batches.length).toBeLessThanOrEqual(8);
});

test.each<[string, string, (f: Fixture) => Promise<unknown>, string?]>([
  ['a draft', 'definitions', () => f.server.call(draft()), 'interest'],
  ['a publication', 'definitions', () => f.server.post('/api/apply', { documents: [eventType()] })],
  ['a lead that is accepted', 'leads', () => f.server.post(`/api/leads/${f.leads[0]}/accept`)],
  ['a lead that is released', 'leads', () => f.server.post(`/api/leads/${f.heldLead}/release`)],
  ['a load that is opened', 'imports', () => f.server.post('/api/imports', { name: 'live' })],
  ['a delivery that is tried again', 'operations', () => f.server.post(`/api/deliveries/${f.failedDelivery}/retry`)],
  ['its run', 'runs', () => f.server.post(`/api/runs/${f.waitingRun}/cancel`)],
  ['a dead letter', 'operations', () => f.server.post(`/api/dead-letters/${f.deadLetters[2]}/discard`)],
  ['somebody new', 'people', () => person('sales')],
])('%s is heard of as %s', async (_what, topic, act) => {
  await using live = await asAdmin();
  await act(f);
  await f.server.drain();
  await live.until(says(topic));
});

const draft = () => ({ method: 'PUT', path: '/api/models/interest/draft', body: { document: { half: 'done' } } });
const eventType = () => ({ kind: 'event_type', id: 'heard_of', name: 'Heard of' });

test('people hear only of what their role may see', async () => {
  const sales = await person('sales');
  await using live = await sales.live();
  await using all = await asAdmin();
  const { pool } = f.server.deps.store;
  await announce(pool, { imports: null, operations: null, people: null, leads: ['l'] });
  await all.until((events) => events.length === 4);
  await live.until(says('leads', 'l'));
  expect(topicsOf(live)).toEqual(['leads']);
});

test('who comes back hears what was missed', async () => {
  const first = await asAdmin();
  await soon('a place', () => first.lastEventId() !== '');
  const place = first.lastEventId();
  await first[Symbol.asyncDispose]();
  await using witness = await asAdmin();
  await announce(f.server.deps.store.pool, { jobs: ['missed'] });
  await witness.until(says('jobs', 'missed'));
  await using back = await asAdmin({ 'last-event-id': place });
  await back.until(says('jobs', 'missed'));
  await using lost = await asAdmin({ 'last-event-id': '00000000-7' });
  await lost.until((events) => events[0]?.name === 'gap');
});

test('a lost connection to Postgres is a gap, and the stream goes on', async () => {
  await using live = await asAdmin();
  await soon('a place', () => live.lastEventId() !== '');
  const { pool } = f.server.deps.store;
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'ripen-listen'`,
  );
  await live.until((events) => events.some(({ name }) => name === 'gap'));
  await announce(pool, { jobs: ['after'] });
  await live.until(says('jobs', 'after'));
});

test('who edits the same is told of the other, until the window closes', async () => {
  const [ann, ben] = [await person('marketer'), await person('admin')];
  const windows = { ann: crypto.randomUUID(), ben: crypto.randomUUID() };
  const enter = async (who: typeof ann, window: string) =>
    (
      await who.browser.call({
        method: 'PUT',
        path: '/api/presence',
        body: { window, collection: 'automations', id: 'hand-over' },
      })
    ).body.others as object[];
  await using live = await ann.live();
  expect(await enter(ann, windows.ann)).toEqual([]);
  expect(await enter(ben, windows.ben)).toEqual([{ id: ann.id, name: 'marketer' }]);
  await live.until(says('presence', 'automations/hand-over'));
  expect(await enter(ann, windows.ann)).toEqual([{ id: ben.id, name: 'admin' }]);
  const told = live.events.length;
  const left = await ben.browser.call({ method: 'DELETE', path: `/api/presence/${windows.ben}` });
  expect(left.status).toBe(204);
  await live.until((events) => says('presence', 'automations/hand-over')(events.slice(told)));
  expect(await enter(ann, windows.ann)).toEqual([]);
});

test('signing out, another password and being removed end streams', async () => {
  const leaver = await person('marketer');
  await using signedOut = await leaver.live();
  expect(signedOut.status).toBe(200);
  await leaver.browser.call({ method: 'DELETE', path: '/api/session' });
  await signedOut.ended;
  await using after = await leaver.live();
  expect(after.status).toBe(401);

  const removed = await person('marketer');
  await using gone = await removed.live();
  await f.server.call({ method: 'DELETE', path: `/api/people/${removed.id}` });
  await gone.ended;
});

test('another role counts for a stream that is open', async () => {
  const mover = await person('sales');
  await using live = await mover.live();
  await f.server.call({ method: 'PUT', path: `/api/people/${mover.id}`, body: { role: 'marketer' } });
  await soon('the new role', async () => {
    await announce(f.server.deps.store.pool, { imports: null });
    return topicsOf(live).includes('imports');
  });
  expect(topicsOf(live)).not.toContain('people');
});

test('keys that only send events hear nothing, and streams are bounded', async () => {
  const call = (key: string) => f.server.call({ path: '/api/live', key, unread: true });
  expect((await call(f.server.write)).status).toBe(403);
  const key = await f.server.key('leads:read');
  const streams = await Promise.all(
    Array.from({ length: 21 }, () => openLive(f.server.url, { authorization: `Bearer ${key}` })),
  );
  expect(streams.map(({ status }) => status).sort()).toEqual([...Array<number>(20).fill(200), 429]);
  for (const stream of streams) await stream[Symbol.asyncDispose]();
  await soon('room again', async () => {
    await using again = await openLive(f.server.url, { authorization: `Bearer ${key}` });
    return again.status === 200;
  });
});

test('nothing is announced that did not happen', async () => {
  const { store } = f.server.deps;
  const heard = await notifications(store);
  await expect(
    store.transaction(async (tx) => {
      await announce(tx, { leads: ['never'] });
      throw new Error('It went wrong.');
    }),
  ).rejects.toThrow('It went wrong.');
  await store.transaction((tx) => announce(tx, { leads: ['happened'] }));
  await soon('the other', () => heard.some((payload) => payload.includes('happened')));
  expect(heard.join()).not.toContain('never');
});
