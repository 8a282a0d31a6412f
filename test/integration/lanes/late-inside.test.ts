import {
  acceptArrivals,
  archiveDefinition,
  openImport,
  closeImport,
  pauseAutomation,
  rebuildContact,
  resumeAutomation,
  startInFlight,
  tellInFlight,
} from '@ripen/engine';
import { Simulator, slotOf, type Definitions, type EventInput } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, type World } from './support.ts';
import { flow, model, startAt } from './week-flow.ts';

// Contacts that enter by what was accepted before something was decided about those inside, but applied after its job passed.
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let world: World;
let ada: string;
let before: number;
beforeEach(async () => {
  world = await createWorld();
  before = await world.publish([model, flow(5)], startAt);
  ada = await world.contact('ada');
  await world.accept([{ contactId: ada, type: 'asked', at: startAt + hourMs, revision: before }]);
});
afterEach(() => world[Symbol.asyncDispose]());

const pause = (waitingRuns: 'hold' | 'cancel', now: number) =>
  pauseAutomation(world.deps, { id: 'flow', waitingRuns, now });
const runs = () =>
  world.rows<{ status: string; version: number; held: number | null }>(
    `select distinct status, version, (waiting->>'held')::bigint as held from runs`,
  );
const given = () =>
  world.rows<{ at: number; points: number }>(
    `select l.at, l.points::int as points from ledger l
     join contacts c on c.id = l.contact_id and l.generation = (c.state->>'generation')::int`,
  );
const heard = async () =>
  (
    await world.rows<{ type: string; at: number }>(
      'select type, arrived_at as at from events where contact_id = $1 order by seq',
      [ada],
    )
  ).map(({ type, at }) => `${type} ${(at - startAt) / hourMs}`);
const head = async (): Promise<number> =>
  (await world.rows<{ revision: number }>('select revision from definitions_head'))[0]?.revision ?? 0;

test('who was accepted before a pause enters, and is held from the moment of the pause on', async () => {
  expect(await pause('hold', startAt + dayMs)).toMatchObject({ jobId: null });
  // Its lane comes to it when the wait would have been over long ago.
  await world.drain(startAt + 20 * dayMs);
  expect(await runs()).toEqual([{ status: 'waiting', version: 1, held: startAt + dayMs }]);
  expect(await heard()).toEqual(['asked 1', 'ripen.hold_runs 24']);
  expect(await given()).toEqual([]);

  const { jobId } = await resumeAutomation(world.deps, { id: 'flow', now: startAt + 30 * dayMs });
  if (jobId === null) throw new Error('Nobody is held.');
  await tellInFlight(world.deps, { jobId, now: startAt + 30 * dayMs });
  await world.drain(startAt + 30 * dayMs);
  expect(await heard()).toEqual(['asked 1', 'ripen.hold_runs 24', `ripen.release_runs ${30 * 24}`]);
  const live = [{ at: startAt + 30 * dayMs, points: 5_000_000 }];
  expect(await given()).toEqual(live);

  await rebuildContact(world.deps, { contactId: ada, now: startAt + 31 * dayMs });
  await world.drain(startAt + 31 * dayMs);
  expect(await given()).toEqual(live);
  expect(await simulated()).toEqual(live);
});

/** The ledger that a simulator makes of what arrived, as it is exported. */
const simulated = async (): Promise<{ at: number; points: number }[]> => {
  const arrivals = await world.rows<Omit<EventInput, 'kind'>>(
    `select message_id as "messageId", type, properties, fields, occurred_at as "occurredAt", arrived_at as "arrivedAt", backfilled
     from events where contact_id = $1 order by seq`,
    [ada],
  );
  const definitions: Definitions = (await world.deps.programs.at(world.store.pool, before)).definitions;
  const entries: { at: number; points: number }[] = [];
  const simulator = new Simulator({
    definitions,
    emit: (record) => {
      if (record.kind === 'entry') entries.push({ at: record.entry.at, points: record.entry.points });
    },
  });
  for (const arrival of arrivals) simulator.take({ kind: 'arrival', contact: ada, ...arrival });
  simulator.advance(startAt + 31 * dayMs);
  simulator.finish();
  return entries;
};

test('what was accepted after the pause finds it held, though its lane was behind', async () => {
  await pause('hold', startAt + dayMs);
  const paused = await head();
  await world.accept([{ contactId: ada, type: 'came', at: startAt + 10 * dayMs, revision: paused }]);
  await world.drain(startAt + 20 * dayMs);
  expect(await heard()).toEqual(['asked 1', 'ripen.hold_runs 24', 'came 240']);
  expect(await given()).toEqual([]);
});

test('who was told by the job is not told twice', async () => {
  await world.drain(startAt + 2 * hourMs);
  const { jobId } = await pause('hold', startAt + dayMs);
  if (jobId === null) throw new Error('Nobody is inside.');
  await tellInFlight(world.deps, { jobId, now: startAt + dayMs });
  await world.drain(startAt + 20 * dayMs);
  expect(await heard()).toEqual(['asked 1', 'ripen.hold_runs 24']);
});

test('a due after the pause finds it held before the job comes', async () => {
  await world.drain(startAt + 2 * hourMs);
  const { jobId } = await pause('hold', startAt + dayMs);
  await world.drain(startAt + 20 * dayMs);
  expect(await runs()).toEqual([{ status: 'waiting', version: 1, held: startAt + dayMs }]);
  // The job finds nobody left to tell.
  await tellInFlight(world.deps, { jobId: jobId ?? '', now: startAt + 20 * dayMs });
  await world.drain(startAt + 20 * dayMs);
  expect(await heard()).toEqual(['asked 1', 'ripen.hold_runs 24']);
});

test('who enters late is taken out at once by a pause that cancels', async () => {
  await pause('cancel', startAt + dayMs);
  await world.drain(startAt + 2 * dayMs);
  expect(await runs()).toEqual([{ status: 'cancelled', version: 1, held: null }]);
});

test('who was to be held and then to finish finishes', async () => {
  await pause('hold', startAt + dayMs);
  const archive = { kind: 'automation', id: 'flow', waitingRuns: 'finish', now: startAt + 2 * dayMs } as const;
  await archiveDefinition(world.deps, archive);
  await world.publish([{ ...model, name: 'Interests' }], startAt + 3 * dayMs);
  await world.drain(startAt + 20 * dayMs);
  expect(await given()).toEqual([{ at: startAt + 8 * dayMs - 23 * hourMs, points: 5_000_000 }]);
});

test('who enters an old version late is moved with the others', async () => {
  await world.publish([flow(50)], startAt + dayMs);
  const move = { automation: 'flow', act: 'move', now: startAt + 2 * dayMs } as const;
  expect(await startInFlight({ store: world.store, workflows: noTemporal }, move)).toBeNull();
  await world.drain(startAt + 3 * dayMs);
  expect(await runs()).toEqual([{ status: 'waiting', version: 2, held: null }]);
  await world.drain(startAt + 20 * dayMs);
  expect(await given()).toEqual([{ at: startAt + 7 * dayMs + hourMs, points: 50_000_000 }]);
});

test('what is decided about somebody whose history is being loaded does not carry the clock past it', async () => {
  const { id: importId } = await openImport(world.deps, { name: 'history' });
  await world.rows('update contacts set held_by = $1 where id = $2', [importId, ada]);
  await world.drain(startAt + 2 * hourMs);
  const { jobId } = await pause('hold', startAt + 90 * dayMs);
  expect(jobId).toBeNull();
  const paused = await head();
  const late = { contactId: ada, type: 'came', revision: paused, importId, backfilled: true };
  await world.accept([{ ...late, at: startAt + 10 * dayMs }]);
  await world.drain(startAt + 90 * dayMs);
  // It is told where its history is; until then its wait was none of today's business.
  expect(await heard()).toEqual(['asked 1', 'ripen.hold_runs 1', 'came 240']);
  await closeImport(world.deps, { importId });
  await world.drain(startAt + 90 * dayMs);
  expect(await given()).toEqual([]);
});

test('a rebuild that comes first lets what was decided go before it', async () => {
  await world.drain(startAt + 2 * hourMs);
  await world.publish([flow(50), { ...model, name: 'Interests' }], startAt + dayMs);
  const move = { automation: 'flow', act: 'move', now: startAt + dayMs } as const;
  await startInFlight({ store: world.store, workflows: noTemporal }, move);
  const slot = slotOf(ada);
  const about = { contactId: ada, slot, revision: await head(), receivedAt: startAt + dayMs, importId: null };
  await acceptArrivals(world.store.pool, [{ kind: 'rebuild', ...about, body: { reason: 'test' } }]);
  await world.drain(startAt + dayMs - 1);
  expect(await heard()).toEqual(['asked 1', 'ripen.move_run 24']);
  expect(await runs()).toEqual([{ status: 'waiting', version: 2, held: null }]);
});
