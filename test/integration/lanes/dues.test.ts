import {
  closeImport,
  drainLane,
  lookAgain,
  openImport,
  readLanes,
  sweep,
  touchContacts,
  type LaneDeps,
} from '@ripen/engine';
import { expect, test } from 'vitest';
import { createWorld, dayMs, plainModel, routing, salesQueue, stages, startAt, type World } from './support.ts';

const dues = (world: World) => world.rows<{ due_at: number }>('select due_at from dues');
const decays = (world: World) =>
  world.rows<{ at: number; points: number }>("select at, points from ledger where kind = 'decay' order by seq");

test('a written due is a lower bound: activity leaves it alone, firing rechecks it, the step falls at its own moment', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const contactId = await world.contact('c');
  const visit = async (at: number): Promise<void> => {
    await world.accept([{ contactId, type: 'form_submitted', at }]);
    await world.drain(at);
  };
  await visit(startAt);
  expect(await dues(world)).toEqual([{ due_at: startAt + 60 * dayMs }]);
  await visit(startAt + 20 * dayMs);
  expect(await dues(world)).toEqual([{ due_at: startAt + 60 * dayMs }]);
  await world.drain(startAt + 60 * dayMs);
  expect(await decays(world)).toEqual([]);
  expect(await dues(world)).toEqual([{ due_at: startAt + 80 * dayMs }]);
  await world.drain(startAt + 90 * dayMs);
  expect(await decays(world)).toEqual([{ at: startAt + 80 * dayMs, points: -5e6 }]);
  expect(await dues(world)).toEqual([]);
});

test('a drain says when its lane is due next', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  await world.accept([{ contactId: await world.contact('c'), type: 'form_submitted', at: startAt }]);
  const found: (number | null)[] = [];
  for (const { lane } of await readLanes(world.store.pool))
    found.push((await drainLane(world.deps, { lane, now: startAt })).nextDueAt);
  expect(found.filter((due) => due !== null)).toEqual([startAt + 60 * dayMs]);
});

test('an open historical load holds the dues of its contacts; closing it applies them, each at its own moment', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, stages], startAt);
  const long = startAt - 400 * dayMs;
  const load = await openImport(world.deps, { name: 'history' });
  const contactId = await world.contact('c');
  await world.store.pool.query('update contacts set held_by = $1', [load.id]);
  const event = { contactId, type: 'form_submitted', importId: load.id, backfilled: true };
  await world.accept([{ ...event, at: long }]);
  await world.drain(startAt);
  expect(await decays(world)).toEqual([]);
  // More history comes, older than what would have fallen due by now.
  await world.accept([{ ...event, type: 'page_viewed', at: long + 59 * dayMs }]);
  const closing = closeImport(world.deps, { importId: load.id });
  await world.drain(startAt);
  expect((await closing).status).toBe('closed');
  await world.drain(startAt);
  expect(await decays(world)).toEqual([{ at: long + 119 * dayMs, points: -5e6 }]);
  expect(await world.rows('select held_by from contacts')).toEqual([{ held_by: null }]);
});

test('the sweeper finishes a close whose process died', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const load = await openImport(world.deps, { name: 'history' });
  await world.contact('c');
  await world.store.pool.query('update contacts set held_by = $1', [load.id]);
  await world.store.pool.query("update imports set status = 'closing'");
  await sweep(world.deps, { now: startAt });
  expect(await world.rows('select status from imports')).toEqual([{ status: 'closed' }]);
  expect(await world.rows('select held_by from contacts')).toEqual([{ held_by: null }]);
});

test('a publication reaches contacts to whom nothing happens', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const contactId = await world.contact('c');
  await world.accept([{ contactId, type: 'form_submitted', at: startAt, fields: { country: 'US' } }]);
  await world.drain(startAt);
  const rules = [
    ...(plainModel.kind === 'model' ? (plainModel.rules ?? []) : []),
    {
      kind: 'profile' as const,
      id: 'us',
      name: 'US',
      group: 'fit',
      points: 3,
      when: { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } },
    },
  ];
  await world.publish(
    [
      {
        ...plainModel,
        groups: [
          { id: 'web', name: 'Web', kind: 'behaviour' },
          { id: 'fit', name: 'Fit', kind: 'profile' },
        ],
        rules,
      },
    ],
    startAt + dayMs,
  );
  await touchContacts(world.deps);
  await world.drain(startAt + dayMs);
  expect(await world.rows("select points, at from ledger where kind = 'profile'")).toEqual([
    { points: 3e6, at: startAt + dayMs },
  ]);
  expect((await world.subject(contactId)).revision).toBe(2);
});

test('a run that looks again finds its wait over, without waiting for its lane', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  const contactId = await world.contact('c');
  await world.accept([{ contactId, type: 'form_submitted', at: startAt }]);
  await world.drain(startAt);
  const [start] = await world.dispatch(startAt);
  await world.drain(startAt);
  const runId = start?.slice('start:'.length) ?? '';
  const until = startAt + 3 * dayMs;
  expect(await lookAgain(world.deps, { runId, now: until - 1 })).toEqual({
    status: 'waiting',
    until,
    deliveries: [],
    asks: [],
  });
  const twice = await Promise.all([
    lookAgain(world.deps, { runId, now: until }),
    lookAgain(world.deps, { runId, now: until }),
  ]);
  for (const look of twice) expect(look.status).toBe('completed');
  expect((await world.subject(contactId)).labels).toEqual(['handed-over']);
  expect(await world.rows('select jsonb_array_length(trail) as steps from runs')).toEqual([{ steps: 5 }]);
});

test('a due that cannot be applied is shown and tried again later; it does not block its lane', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const [sick, well] = [await world.contact('sick'), await world.contact('well')];
  for (const contactId of [sick, well]) await world.accept([{ contactId, type: 'form_submitted', at: startAt }]);
  await world.drain(startAt);
  // The core refuses a state that says more will expire than was written down.
  await world.store.pool.query(
    `update contacts set state = jsonb_set(state::jsonb, '{expiring}', '1')::json where id = $1`,
    [sick],
  );
  const now = startAt + 61 * dayMs;
  await world.drain(now);
  expect(await decays(world)).toHaveLength(1);
  expect(await world.rows('select contact_id, body from dead_letters')).toEqual([
    { contact_id: sick, body: { kind: 'tick', body: { to: now } } },
  ]);
  expect(await dues(world)).toEqual([{ due_at: now + 3_600_000 }]);
});

test('contacts that are due at once are applied in bounded batches', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const contacts = await Promise.all(Array.from({ length: 60 }, (_, n) => world.contact(`c${n}`)));
  await world.accept(contacts.map((contactId) => ({ contactId, type: 'form_submitted', at: startAt })));
  await world.drain(startAt);
  const deps: LaneDeps = world.deps;
  for (const { lane } of await readLanes(world.store.pool))
    await drainLane(deps, { lane, now: startAt + 60 * dayMs, batchSize: 2 });
  expect(await decays(world)).toHaveLength(60);
});
