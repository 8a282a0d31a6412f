import { acceptArrivals, rebuildContact } from '@ripen/engine';
import { slotOf } from '@ripen/shared';
import { expect, test } from 'vitest';
import { createWorld, dayMs, plainModel, routing, salesQueue, stages, startAt, type World } from './support.ts';

const ledgerOf = (world: World, contactId: string, generation: number) =>
  world.rows(
    'select seq, model, "group", kind, points, at, earned_at, cause, message_id, run_id, expires_at, epoch, factors from ledger where contact_id = $1 and generation = $2 order by seq',
    [contactId, generation],
  );

const absorb = async (world: World, absorbed: string, survivor: string, at: number): Promise<void> => {
  await world.store.pool.query('update contacts set merged_into = $2 where id = $1', [absorbed, survivor]);
  await acceptArrivals(world.store.pool, [
    {
      kind: 'absorb',
      contactId: absorbed,
      slot: slotOf(absorbed),
      revision: 1,
      receivedAt: at,
      importId: null,
      body: { into: survivor },
    },
  ]);
};

test('a rebuild writes the same ledger as a new generation, and tells nobody anything', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, stages, salesQueue(), routing], startAt);
  const contactId = await world.contact('c');
  for (const day of [0, 3, 70, 71, 200]) {
    const at = startAt + day * dayMs;
    await world.accept([{ contactId, type: day === 3 ? 'form_submitted' : 'page_viewed', at }]);
    await world.drain(at);
    await world.dispatch(at);
    await world.drain(at);
  }
  const end = startAt + 300 * dayMs;
  await world.drain(end);
  const before = await world.subject(contactId);
  const live = await ledgerOf(world, contactId, 1);
  expect(live.length).toBeGreaterThan(6);
  const [runs, asks] = [await world.rows('select * from runs order by id'), await world.rows('select * from asks')];
  await rebuildContact(world.deps, { contactId, now: end });
  expect(await ledgerOf(world, contactId, 2)).toEqual(live);
  expect(await world.subject(contactId)).toEqual({ ...before, generation: 2 });
  expect(await world.rows('select * from runs order by id')).toEqual(runs);
  expect(await world.rows('select * from asks')).toEqual(asks);
  expect(await world.rows('select 1 from outbox')).toEqual([]);
});

test('a merge rebuilds the survivor from both arrivals in the order in which they were accepted', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, stages], startAt);
  const [anonymous, known] = [await world.contact('anonymous'), await world.contact('known')];
  const visit = (contactId: string, minute: number, type = 'page_viewed') => ({
    contactId,
    type,
    at: startAt + minute * 60_000,
    messageId: `minute-${minute}`,
  });
  await world.accept([visit(anonymous, 1), visit(known, 2), visit(anonymous, 3), visit(known, 4, 'form_submitted')]);
  await world.drain(startAt + 5 * 60_000);
  await world.accept([visit(anonymous, 6)]);
  await absorb(world, anonymous, known, startAt + 7 * 60_000);
  await world.accept([visit(known, 8)]);
  await world.drain(startAt + 9 * 60_000);
  const merged = await world.rows<{ message_id: string }>(
    'select message_id from ledger where contact_id = $1 and generation = 2 order by seq',
    [known],
  );
  expect(merged.map((row) => row.message_id)).toEqual([1, 2, 3, 4, 6, 8].map((minute) => `minute-${minute}`));
  expect((await world.subject(known)).generation).toBe(2);
  expect(await world.rows('select 1 from events where contact_id = $1', [anonymous])).toEqual([]);
  // What still arrives for the one that went is applied to the one that stayed.
  await world.accept([visit(anonymous, 10)]);
  await world.drain(startAt + 11 * 60_000);
  expect(await world.rows("select contact_id from ledger where message_id = 'minute-10'")).toEqual([
    { contact_id: known },
  ]);
  // And a rebuild of the survivor keeps that order.
  const before = await ledgerOf(world, known, 2);
  await rebuildContact(world.deps, { contactId: known, now: startAt + 12 * 60_000 });
  expect(await ledgerOf(world, known, 3)).toEqual(before);
});

test('merging keeps the oldest open lead, moves runs, cancels those that do not come out again', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  const [first, second] = [await world.contact('first'), await world.contact('second')];
  for (const [contactId, minute] of [
    [first, 1],
    [second, 2],
  ] as const) {
    const at = startAt + minute * 60_000;
    await world.accept([{ contactId, type: 'form_submitted', at, messageId: `form-${minute}` }]);
    await world.drain(at);
    await world.dispatch(at);
    await world.drain(at);
  }
  await absorb(world, second, first, startAt + dayMs);
  await world.drain(startAt + dayMs);
  expect(await world.rows('select contact_id, status from leads order by at')).toEqual([
    { contact_id: first, status: 'open' },
    { contact_id: first, status: 'withdrawn' },
  ]);
  const runs = await world.rows<{ contact_id: string; status: string }>(
    'select contact_id, status from runs order by started_at',
  );
  expect(runs).toEqual([
    { contact_id: first, status: 'waiting' },
    { contact_id: first, status: 'waiting' },
  ]);
  const told = await world.dispatch(startAt + dayMs);
  expect(told.map((call) => call.split(':')[0])).toEqual(['signal', 'signal']);
  const [lead] = await world.rows<{ id: string }>("select id from leads where status = 'open'");
  expect((await world.subject(first)).openLead).toBe(lead?.id);
});

test('merges that follow each other end in one contact with everything', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const [a, b, c] = [await world.contact('a'), await world.contact('b'), await world.contact('c')];
  await world.accept(
    [a, b, c, a].map((contactId, index) => ({
      contactId,
      type: 'page_viewed',
      at: startAt + index,
      messageId: `visit-${index}`,
    })),
  );
  await absorb(world, a, b, startAt + 10);
  await absorb(world, b, c, startAt + 11);
  await world.drain(startAt + 12);
  const last = await world.subject(c);
  const entries = await world.rows<{ message_id: string }>(
    'select message_id from ledger where contact_id = $1 and generation = $2 order by seq',
    [c, last.generation],
  );
  expect(entries.map((row) => row.message_id)).toEqual([0, 1, 2, 3].map((index) => `visit-${index}`));
});
