import { drainLane, readLanes } from '@ripen/engine';
import { expect, test } from 'vitest';
import { createWorld, plainModel, stages, startAt } from './support.ts';

test('two drains of every lane at once apply each arrival once, and in order', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, stages], startAt);
  const contacts = await Promise.all(Array.from({ length: 40 }, (_, n) => world.contact(`c${n}`)));
  for (let round = 0; round < 25; round++) {
    await world.accept(
      contacts.map((contactId) => ({
        contactId,
        type: 'page_viewed',
        at: startAt + round * 1_000,
        properties: { round },
      })),
    );
  }
  const lanes = await readLanes(world.store.pool);
  const drains = [...lanes, ...lanes].map(({ lane }) =>
    drainLane(world.deps, { lane, now: startAt + 60_000, batchSize: 7 }),
  );
  const applied = (await Promise.all(drains)).reduce((sum, drained) => sum + drained.applied, 0);
  expect(applied).toBe(1_000);
  const events = await world.rows<{ rounds: number[] }>(
    `select array_agg((properties->>'round')::int order by seq) as rounds from events group by contact_id`,
  );
  expect(events).toHaveLength(40);
  for (const { rounds } of events) expect(rounds).toEqual(Array.from({ length: 25 }, (_, round) => round));
  expect(await world.rows('select count(*)::int as entries, sum(points)::bigint as points from ledger')).toEqual([
    { entries: 1_000, points: 2_000 * 1e6 },
  ]);
  expect(await world.rows('select sum(applied)::int as applied from lanes')).toEqual([{ applied: 1_000 }]);
  expect(await world.rows('select 1 from inbox')).toEqual([]);
});

test('an input that makes a step throw becomes a dead letter; the rest of its contact is applied', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const contactId = await world.contact('c');
  await world.accept([
    { contactId, type: 'page_viewed', at: startAt },
    { contactId, type: 'ripen.no_such_thing', at: startAt + 1, messageId: 'bad' },
    { contactId, type: 'page_viewed', at: startAt + 2 },
  ]);
  await world.drain(startAt + 3);
  expect(await world.rows('select message_id, error, body from dead_letters')).toEqual([
    {
      message_id: 'bad',
      error: expect.stringContaining('ripen.no_such_thing') as string,
      body: expect.objectContaining({ kind: 'event' }) as object,
    },
  ]);
  expect((await world.subject(contactId)).entries).toBe(2);
});

test('an input that Postgres refuses is found, taken away and shown; nothing else of its batch is lost', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const contacts = await Promise.all(Array.from({ length: 30 }, (_, n) => world.contact(`c${n}`)));
  const bad = contacts[11] ?? '';
  await world.accept(contacts.map((contactId) => ({ contactId, type: 'page_viewed', at: startAt })));
  await world.accept([{ contactId: bad, type: 'page_viewed', at: startAt + 1, messageId: 'with\u0000nul' }]);
  await world.accept(contacts.map((contactId) => ({ contactId, type: 'page_viewed', at: startAt + 2 })));
  await world.drain(startAt + 3);
  expect(await world.rows('select contact_id, error from dead_letters')).toEqual([
    { contact_id: bad, error: expect.stringContaining('invalid byte sequence') as string },
  ]);
  expect(await world.rows('select count(*)::int as entries from ledger')).toEqual([{ entries: 60 }]);
});

test('an arrival for a contact that does not exist is shown, not lost', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  await world.accept([{ contactId: '00000000-0000-4000-8000-000000000001', type: 'page_viewed', at: startAt }]);
  await world.drain(startAt + 1);
  expect(await world.rows('select error from dead_letters')).toEqual([{ error: 'There is no such contact.' }]);
});

test('an arrival counts under the definitions of its revision, also in one batch with later ones', async () => {
  await using world = await createWorld();
  const first = await world.publish([plainModel], startAt);
  const contactId = await world.contact('c');
  await world.accept([{ contactId, type: 'page_viewed', at: startAt + 1, revision: first }]);
  const dearer = {
    ...plainModel,
    rules: [
      {
        kind: 'behaviour' as const,
        id: 'page',
        name: 'Page',
        group: 'web',
        event: 'page_viewed',
        points: 7,
        counts: { kind: 'every_time' as const },
      },
    ],
  };
  await world.publish([dearer], startAt + 2);
  await world.accept([{ contactId, type: 'page_viewed', at: startAt + 3 }]);
  await world.drain(startAt + 4);
  expect(await world.rows('select points from ledger order by seq')).toEqual([{ points: 2e6 }, { points: 7e6 }]);
});
