import { closeImport, openImport, rebuildContacts, removeOutdated, startRebuild } from '@ripen/engine';
import { hasErrors, Simulator, validate, type Definitions, type EventInput } from '@ripen/shared';
import { documentsOf, history, historyStartsAt, lookAfterMs, richDefinitions } from '@ripen/shared/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksOf, expectSameBooks, SimulatedBooks, type Books } from '../../helpers/books.ts';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { seed, tellSeed } from '../../helpers/seed.ts';
import { createWorld, type World } from './support.ts';

beforeAll(tellSeed);

const worlds: World[] = [];
afterAll(() => Promise.all(worlds.map((world) => world[Symbol.asyncDispose]())));

/** Automations that page people about history ask live, and are answered when somebody gets to it. */
const silentOnBackfill = (definitions: Definitions): Definitions => ({
  ...definitions,
  automations: definitions.automations.map((version) => ({
    ...version,
    graph: { ...version.graph, pagesOnBackfill: false },
  })),
});

interface Arrived {
  contactId: string;
  event: EventInput;
}

const simulate = (definitions: Definitions, arrivals: readonly Arrived[], until: number): Books => {
  const books = new SimulatedBooks();
  const simulator = new Simulator({ definitions, historical: true, emit: (record) => books.take(record) });
  for (const { contactId, event } of arrivals) {
    const { kind: _, ...rest } = event;
    simulator.take(structuredClone({ kind: 'arrival', contact: contactId, ...rest }));
  }
  simulator.advance(until);
  simulator.finish();
  return books.books;
};

/** Lets time pass due by due, so that live asks are answered at the moment at which they were made. */
const passTime = async (world: World, until: number): Promise<void> => {
  for (let passes = 0; passes < 2_000; passes++) {
    const [next] = await world.rows<{ due: number | null }>('select min(due_at) as due from dues');
    const due = next?.due ?? null;
    if (due === null || due > until) return;
    // What an answer leads to may ask again.
    do await world.drain(due);
    while ((await world.dispatch(due)).length > 0);
    await world.drain(due);
  }
  throw new Error('Time does not pass.');
};

const ledgerOf = (world: World, generation: number) =>
  world.rows(
    'select contact_id, seq, kind, points, at, earned_at, cause from ledger where generation = $1 order by contact_id, seq',
    [generation],
  );

const movesOf = async (world: World): Promise<number> =>
  (await world.rows('select 1 from moves where generation = 1')).length;

/** What a rebuild leaves as it is: rows of runs and counters that come out again are not even written again. */
const factsOf = async (world: World): Promise<unknown> => ({
  runs: await world.rows('select xmin::text, runs.* from runs order by id'),
  counted: await world.rows('select xmin::text, counted.* from counted order by contact_id, counter, value, at, ctid'),
  places: await world.rows('select xmin::text, contact_heat.* from contact_heat order by contact_id'),
  totals: await world.rows('select xmin::text, run_totals.* from run_totals order by automation, version, shard'),
  expiring: await world.rows(
    `select contact_id, seq, model, "group", cause, epoch, shrink, points, earned_at, expires_at from expiring
     order by contact_id, seq`,
  ),
});

const cases = fc.sample(
  fc.record({
    definitions: richDefinitions.map(silentOnBackfill).filter((definitions) => !hasErrors(validate(definitions))),
    histories: fc.tuple(...['a', 'b', 'c'].map((prefix) => history({ prefix }))),
    look: lookAfterMs,
  }),
  { seed, numRuns: 8 },
);

test.each(cases.map((each, index) => ({ ...each, index })))(
  'a bulk load by small batches writes the books of the simulator, and so does a rebuild (case $index)',
  async ({ definitions, histories, look }) => {
    const world = await createWorld();
    worlds.push(world);
    await world.publish(documentsOf(definitions), historyStartsAt);
    const arrivals: Arrived[] = [];
    for (const [index, events] of histories.entries()) {
      const contactId = await world.contact(`contact ${index}`);
      for (const event of events) arrivals.push({ contactId, event: { ...event, backfilled: true } });
    }
    arrivals.sort((a, b) => a.event.arrivedAt - b.event.arrivedAt);
    const until = Math.max(...arrivals.map(({ event }) => event.arrivedAt)) + look;
    const { id: importId } = await openImport(world.deps, { name: 'history' });
    await world.rows('update contacts set held_by = $1', [importId]);
    await world.accept(
      arrivals.map(({ contactId, event }) => ({
        ...event,
        contactId,
        importId,
        at: event.occurredAt,
        receivedAt: event.arrivedAt,
      })),
    );
    // At a moment before all of it: arrivals are applied, no clock runs ahead of them.
    await world.drain(historyStartsAt - 1, 7);
    await closeImport(world.deps, { importId });
    await passTime(world, until);
    expect(world.said).toEqual([]);
    expectSameBooks(await booksOf(world.store.pool), simulate(definitions, arrivals, until), 'bulk load');

    const live = await ledgerOf(world, 1);
    const facts = await factsOf(world);
    const jobId = await startRebuild({ store: world.store, workflows: noTemporal }, { contacts: null });
    // Few arrivals are held at once: some pasts are read together, some are longer.
    await rebuildContacts(world.deps, { jobId, now: until, atOnce: 20 });
    expect(await ledgerOf(world, 2)).toEqual(live);
    expect(await factsOf(world)).toEqual(facts);

    const over = live.length + (await movesOf(world));
    expect(await removeOutdated(world.deps, { olderThanMs: 0, rowsAtOnce: 25 })).toBe(over);
    expect(await ledgerOf(world, 2)).toEqual(live);
    expect(await ledgerOf(world, 1)).toEqual([]);
    expect(await world.rows('select 1 from outdated')).toEqual([]);
  },
  // Some worlds have a due a day, and each is lived through by itself.
  120_000,
);
