import { decideRoute, dispatchOutbox, reportLeadOutcome } from '@ripen/engine';
import { expect, test } from 'vitest';
import { createWorld, dayMs, plainModel, routing, salesQueue, startAt, type World } from './support.ts';

const submitAll = async (world: World, names: readonly string[], at: number, backfilled = false): Promise<string[]> => {
  const contacts = await Promise.all(names.map((name) => world.contact(name)));
  for (const [index, contactId] of contacts.entries()) {
    await world.accept([{ contactId, type: 'form_submitted', at: at + index, backfilled }]);
    await world.drain(at + index);
    await world.dispatch(at + index);
  }
  return contacts;
};

const reps = async (world: World): Promise<(string | null)[]> =>
  (await world.rows<{ rep: string | null }>('select rep from leads order by at')).map((lead) => lead.rep);

test('leads go round the available reps, and each decision says who was passed over', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  await submitAll(world, ['a', 'b'], startAt);
  await world.publish([salesQueue(['cy'])], startAt + 10);
  await submitAll(world, ['c', 'd'], startAt + 20);
  expect(await reps(world)).toEqual(['ada', 'ben', 'ada', 'ben']);
  const [last] = await world.rows<{ decision: object; answer_by: number }>(
    'select decision, answer_by from leads order by at desc limit 1',
  );
  expect(last).toEqual({
    decision: {
      strategy: 'round_robin',
      considered: [
        { rep: 'ada', name: 'ada' },
        { rep: 'ben', name: 'ben' },
      ],
      excluded: [{ rep: 'cy', name: 'cy', why: 'not available' }],
      chosen: 'ben',
    },
    answer_by: startAt + 21 + 30 * 60_000,
  });
});

test('deciding twice, at once, makes one lead and one answer', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  const contactId = await world.contact('c');
  await world.accept([{ contactId, type: 'form_submitted', at: startAt }]);
  await world.drain(startAt);
  const [ask] = await world.rows<{ id: string }>('select id from asks');
  const decide = () => decideRoute(world.deps, { askId: ask?.id ?? '', now: startAt + 5 });
  await Promise.all([decide(), decide(), decide()]);
  await decide();
  await world.drain(startAt + 6);
  expect(await reps(world)).toEqual(['ada']);
  expect(await world.rows("select 1 from events where type = 'ripen.answer'")).toHaveLength(1);
  expect((await world.subject(contactId)).openLead).toBe(ask?.id);
});

test('nobody available: no lead, and the run goes on by its other output', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(['ada', 'ben', 'cy']), routing], startAt);
  const [contactId = ''] = await submitAll(world, ['c'], startAt);
  await world.drain(startAt + 1);
  expect(await reps(world)).toEqual([]);
  expect(await world.subject(contactId)).toMatchObject({ openLead: null, labels: ['handed-over'] });
});

test('a backfilled ask is answered in its own batch; its lead is made without paging anybody', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  const contactId = await world.contact('c');
  const long = startAt - 100 * dayMs;
  await world.accept([
    { contactId, type: 'form_submitted', at: long, backfilled: true },
    { contactId, type: 'page_viewed', at: long + dayMs, backfilled: true },
  ]);
  await world.drain(long + dayMs);
  expect(await world.rows('select type, arrived_at from events order by seq')).toEqual([
    { type: 'form_submitted', arrived_at: long },
    { type: 'ripen.answer', arrived_at: long },
    { type: 'page_viewed', arrived_at: long + dayMs },
  ]);
  await world.dispatch(startAt);
  expect(await world.rows('select rep, held, answer_by, at from leads')).toEqual([
    { rep: 'ada', held: true, answer_by: null, at: long },
  ]);
  expect(await world.rows("select 1 from inbox where body->>'type' = 'ripen.answer'")).toEqual([]);
});

test('what sales reports frees the contact for another lead', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  const [contactId = ''] = await submitAll(world, ['c'], startAt);
  const [lead] = await world.rows<{ id: string }>('select id from leads');
  const leadId = lead?.id ?? '';
  await reportLeadOutcome(world.deps, { leadId, outcome: 'accepted', now: startAt + 1 });
  await expect(
    reportLeadOutcome(world.deps, { leadId, outcome: 'rejected', reason: 'No budget', now: startAt + 2 }),
  ).resolves.toMatchObject({ status: 'rejected' });
  await expect(reportLeadOutcome(world.deps, { leadId, outcome: 'won', now: startAt + 3 })).rejects.toThrow('rejected');
  await world.drain(startAt + 4);
  expect((await world.subject(contactId)).openLead).toBeNull();
  await submitAll(world, ['c'], startAt + 5);
  expect(await reps(world)).toEqual(['ada', 'ben']);
});

test('what the outbox cannot tell is kept and tried again later', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  await world.accept([{ contactId: await world.contact('c'), type: 'form_submitted', at: startAt }]);
  await world.drain(startAt);
  const down = () => Promise.reject(new Error('Temporal is away'));
  expect(await dispatchOutbox(world.deps, { now: startAt }, { start: down, signal: down })).toEqual({
    done: 0,
    failed: 1,
  });
  expect(await dispatchOutbox(world.deps, { now: startAt }, { start: down, signal: down })).toEqual({
    done: 0,
    failed: 0,
  });
  expect(await world.rows('select kind, attempts, not_before > now() as later from outbox')).toEqual([
    { kind: 'start', attempts: 1, later: true },
  ]);
});

test('a run whose start was done by a dispatcher that died, and that changed since, hears of the change', async () => {
  await using world = await createWorld();
  await world.publish([plainModel, salesQueue(), routing], startAt);
  await world.accept([{ contactId: await world.contact('c'), type: 'form_submitted', at: startAt }]);
  await world.drain(startAt);
  // The row of the start is still there, for its dispatcher died before it could commit; the workflow sleeps already.
  await world.rows(`insert into outbox (kind, run_id) select 'signal', run_id from outbox where kind = 'start'`);
  const told: string[] = [];
  const tell = (kind: string) => () => {
    told.push(kind);
    return Promise.resolve();
  };
  await dispatchOutbox(world.deps, { now: startAt }, { start: tell('start'), signal: tell('signal') });
  expect(told).toEqual(['signal']);
});
