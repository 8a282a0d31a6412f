import { rebuildContacts, startRebuild } from '@ripen/engine';
import { entryLine, type DefinitionInput, type LedgerEntry } from '@ripen/shared';
import { afterEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, type World } from './support.ts';

const startAt = Date.UTC(2026, 0, 5, 9);
const dayMs = 86_400_000;

const model = (points: number, country: string): DefinitionInput => ({
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  halfLifeDays: 10,
  groups: [
    { id: 'acts', name: 'Acts', kind: 'behaviour' },
    { id: 'fit', name: 'Fit', kind: 'profile' },
  ],
  rules: [
    { kind: 'behaviour', id: 'open', name: 'Opened', group: 'acts', points, event: 'opened' },
    {
      kind: 'behaviour',
      id: 'click',
      name: 'Clicked',
      group: 'acts',
      points: 3,
      event: 'clicked',
      counts: { kind: 'every_time' },
    },
    {
      kind: 'profile',
      id: 'home',
      name: 'Home',
      group: 'fit',
      points: 7,
      when: { kind: 'field', field: 'country', is: { op: 'equals', value: country } },
    },
  ],
});
const lifecycle = (mql: number): DefinitionInput => ({
  kind: 'lifecycle',
  model: 'interest',
  stages: [
    { id: 'lead', name: 'Lead', threshold: 5 },
    { id: 'mql', name: 'MQL', threshold: mql },
  ],
});
const welcome: DefinitionInput = {
  kind: 'automation',
  id: 'welcome',
  name: 'Welcome',
  triggers: [{ type: 'stage_entered', stage: 'lead' }],
  nodes: [{ id: 'tell', type: 'notify', settings: { channel: 'hook' } }],
  edges: [{ from: 'start', to: 'tell' }],
};

const channel: DefinitionInput = {
  kind: 'channel',
  id: 'hook',
  name: 'Hook',
  type: 'webhook',
  url: 'https://example.com/hook',
};

const worlds: World[] = [];
const open = async (): Promise<World> => {
  const world = await createWorld();
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world[Symbol.asyncDispose]();
});

const names = ['ada', 'ben', 'cleo', 'dov', 'eve'];

/** The same arrivals, whatever is in force: with other definitions from the third day on. */
const live = async (world: World, later: () => Promise<unknown>): Promise<string[]> => {
  const ids: string[] = [];
  for (const name of names) ids.push(await world.contact(name));
  for (let day = 0; day < 6; day++) {
    if (day === 3) await later();
    const at = startAt + day * dayMs;
    await world.accept(
      ids.flatMap((contactId, index) => [
        { contactId, type: 'identify', at, messageId: `i${day}${index}`, fields: { country: index % 2 ? 'US' : 'DE' } },
        { contactId, type: day % 2 === index % 2 ? 'opened' : 'clicked', at: at + 1_000, messageId: `e${day}${index}` },
      ]),
    );
    await world.drain(at + 2_000);
  }
  return ids;
};

/** The present generation, without what tells generations apart. */
const book = async (world: World): Promise<string[]> => {
  const rows = await world.rows<LedgerEntry & { contact: string }>(
    `select l.contact_id as contact, '' as id, l.seq, l.model, l."group", l.kind, l.points, l.at, l.earned_at as "earnedAt", l.cause,
       l.message_id as "messageId", l.run_id as "runId", l.decays, l.expires_at as "expiresAt", l.epoch, l.factors, null as of
     from ledger l join contacts c on c.id = l.contact_id and l.generation = (c.state->>'generation')::int
     order by l.contact_id, l.seq`,
  );
  const moves = await world.rows<{ line: string }>(
    `select concat_ws(' ', m.contact_id, m.seq, m.at, m.from_stage, m.to_stage) as line
     from moves m join contacts c on c.id = m.contact_id and m.generation = (c.state->>'generation')::int order by 1`,
  );
  return [...rows.map(({ contact, ...entry }) => entryLine(contact, 0, entry)), ...moves.map(({ line }) => line)];
};

test('rebuilt from history, contacts are as if the models and stages had always been those of now', async () => {
  const changed = await open();
  await changed.publish([model(5, 'US'), lifecycle(20), welcome, channel], startAt);
  await live(changed, () => changed.publish([model(9, 'DE'), lifecycle(12)], startAt + 3 * dayMs));
  const before = await book(changed);
  const told = await changed.rows<{ told: number }>('select count(*)::int as told from deliveries');
  expect(told[0]?.told).toBeGreaterThan(0);

  const always = await open();
  await always.publish([model(9, 'DE'), lifecycle(12), welcome, channel], startAt);
  await live(always, () => Promise.resolve());
  expect(before).not.toEqual(await book(always));

  const jobId = await startRebuild(
    { store: changed.store, workflows: noTemporal },
    { contacts: null, fromHistory: true },
  );
  await rebuildContacts(changed.deps, { jobId, now: startAt + 6 * dayMs });
  expect(await book(changed)).toEqual(await book(always));
  expect(await changed.rows('select done, total from jobs')).toEqual([{ done: names.length, total: names.length }]);
  // Nobody is told anything.
  expect(await changed.rows('select count(*)::int as told from deliveries')).toEqual(told);

  // Replayed once more for another reason, they stay so.
  const again = await startRebuild({ store: changed.store, workflows: noTemporal }, { contacts: null });
  await rebuildContacts(changed.deps, { jobId: again, now: startAt + 6 * dayMs });
  expect(await book(changed)).toEqual(await book(always));
  expect(changed.said).toEqual(expect.not.arrayContaining(['an arrival could not be replayed']));
});

test('a rebuild that was stopped goes on where it was', async () => {
  const world = await open();
  await world.publish([model(5, 'US'), lifecycle(20)], startAt);
  const ids = await live(world, () => Promise.resolve());
  const jobId = await startRebuild(
    { store: world.store, workflows: noTemporal },
    { contacts: null, fromHistory: true },
  );
  const [, second = ''] = [...ids].sort();
  await world.rows(`update jobs set done = 2, input = input || jsonb_build_object('after', $2::text) where id = $1`, [
    jobId,
    second,
  ]);
  await rebuildContacts(world.deps, { jobId, now: startAt + 6 * dayMs });
  const generations = await world.rows<{ generation: number }>(
    `select (state->>'generation')::int as generation from contacts order by id`,
  );
  expect(generations.map(({ generation }) => generation)).toEqual([1, 1, 2, 2, 2]);
});

test('who asks to stop is heard between two batches', async () => {
  const world = await open();
  await world.publish([model(5, 'US'), lifecycle(20)], startAt);
  await live(world, () => Promise.resolve());
  const jobId = await startRebuild(
    { store: world.store, workflows: noTemporal },
    { contacts: null, fromHistory: true },
  );
  const signal = AbortSignal.abort();
  await expect(rebuildContacts(world.deps, { jobId, now: startAt + 6 * dayMs, signal })).rejects.toThrow();
  expect(await world.rows('select done from jobs')).toEqual([{ done: 0 }]);
});
