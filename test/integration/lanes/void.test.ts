import { previewVoid, rebuildContact, startVoid, voidPoints } from '@ripen/engine';
import { entryLine, type DefinitionInput, type LedgerEntry } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, type World } from './support.ts';

const startAt = Date.UTC(2026, 0, 5, 9);
const dayMs = 86_400_000;
const now = startAt + 5 * dayMs;

const documents: DefinitionInput[] = [
  {
    kind: 'model',
    id: 'interest',
    name: 'Interest',
    halfLifeDays: 20,
    windowDays: 60,
    groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
    rules: [
      {
        kind: 'behaviour',
        id: 'click',
        name: 'Clicked',
        group: 'acts',
        points: 8,
        event: 'clicked',
        counts: { kind: 'once_per', property: 'mail' },
      },
      {
        kind: 'behaviour',
        id: 'form',
        name: 'Form',
        group: 'acts',
        points: 5,
        event: 'form',
        counts: { kind: 'every_time' },
      },
    ],
  },
  { kind: 'lifecycle', model: 'interest', stages: [{ id: 'mql', name: 'MQL', threshold: 15 }] },
  { kind: 'queue', id: 'sales', name: 'Sales', reps: [{ id: 'ada', name: 'Ada' }] },
  {
    kind: 'automation',
    id: 'hand-over',
    name: 'Hand over',
    triggers: [{ type: 'stage_entered', stage: 'mql' }],
    nodes: [{ id: 'give', type: 'route', settings: { queue: 'sales' } }],
    edges: [{ from: 'start', to: 'give' }],
  },
];

let world: World;
let bot = '';
let person = '';
beforeEach(async () => {
  world = await createWorld();
  await world.publish(documents, startAt);
  [bot, person] = [await world.contact('bot'), await world.contact('person')];
  const clicked = (contactId: string, day: number, mail: string) => ({
    contactId,
    type: 'clicked',
    at: startAt + day * dayMs,
    properties: { mail },
  });
  await world.accept([
    clicked(bot, 1, 'a'),
    clicked(bot, 1, 'b'),
    clicked(bot, 2, 'c'),
    clicked(person, 1, 'a'),
    { contactId: person, type: 'form', at: startAt + 2 * dayMs },
  ]);
  await world.drain(now);
  await world.dispatch(now);
  await world.drain(now);
});
afterEach(() => world[Symbol.asyncDispose]());

const undo = async (filter: Parameters<typeof startVoid>[1]['filter']): Promise<string> => {
  const jobId = await startVoid(
    { store: world.store, workflows: noTemporal },
    { filter, reason: 'a scanner', by: 'Ada' },
  );
  await voidPoints(world.deps, { jobId, now });
  await world.drain(now);
  return jobId;
};
const book = async (contactId: string): Promise<string[]> =>
  (
    await world.rows<LedgerEntry>(
      `select '' as id, l.seq, l.model, l."group", l.kind, l.points, l.at, l.earned_at as "earnedAt", l.cause,
         l.message_id as "messageId", l.run_id as "runId", l.decays, l.expires_at as "expiresAt", l.epoch, l.factors, null as of
       from ledger l join contacts c on c.id = l.contact_id and l.generation = (c.state->>'generation')::int
       where l.contact_id = $1 order by l.seq`,
      [contactId],
    )
  ).map((entry) => entryLine(contactId, 0, entry));

test('what the preview says is what happens: points go, stages are left, an unaccepted lead is withdrawn', async () => {
  expect(await world.rows('select status from leads')).toEqual([{ status: 'open' }]);
  const filter = { eventTypes: ['clicked'], contacts: [bot] };
  const preview = await previewVoid(world.deps, { filter, now });
  expect(preview).toMatchObject({
    contacts: 1,
    entries: 3,
    points: 24,
    moves: [{ from: 'mql', to: null, contacts: 1 }],
  });
  const jobId = await undo(filter);
  expect(await world.rows('select status, reason from leads')).toEqual([
    { status: 'withdrawn', reason: 'Points were undone: a scanner' },
  ]);
  const state = await world.subject(bot);
  expect([state.stage, state.openLead, state.expiring, state.models['interest']?.totals]).toEqual([null, null, 0, []]);
  expect((await world.subject(person)).models['interest']?.totals).toHaveLength(2);
  expect(await world.rows('select done, total from jobs where id = $1', [jobId])).toEqual([{ done: 1, total: 1 }]);
  expect((await previewVoid(world.deps, { filter, now })).entries).toBe(0);
});

test('counters are free again', async () => {
  await undo({ causes: ['rule:click'], contacts: [bot] });
  await world.accept([{ contactId: bot, type: 'clicked', at: now + 1_000, properties: { mail: 'a' } }]);
  await world.drain(now + 1_000);
  expect((await world.subject(bot)).models['interest']?.totals).toEqual([8_000_000]);
  expect(await world.rows('select value from counted where contact_id = $1', [bot])).toEqual([{ value: 'a' }]);
});

test('a rebuild does it again, with the same ledger', async () => {
  await undo({
    models: ['interest'],
    from: new Date(startAt).toISOString(),
    to: new Date(startAt + 1.5 * dayMs).toISOString(),
  });
  const before = [await book(bot), await book(person)];
  expect(before.flat().filter((line) => line.includes('"change":"void"'))).toHaveLength(3);
  for (const contactId of [bot, person]) await rebuildContact(world.deps, { contactId, now });
  expect([await book(bot), await book(person)]).toEqual(before);
});
