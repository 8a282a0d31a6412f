import { closeImport, openImport, rebuildContact } from '@ripen/engine';
import { hasErrors, Simulator, validate, type Definitions, type EventInput } from '@ripen/shared';
import { documentsOf, history, historyStartsAt, lookAfterMs, richDefinitions } from '@ripen/shared/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksOf, expectSameBooks, SimulatedBooks, type Books } from '../../helpers/books.ts';
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
    await world.drain(due);
    await world.dispatch(due);
    await world.drain(due);
  }
  throw new Error('Time does not pass.');
};

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

    const generations =
      'select contact_id, generation, seq, kind, points, at, earned_at, cause from ledger where generation = $1 order by contact_id, seq';
    const live = await world.rows(generations, [1]);
    for (const contactId of new Set(arrivals.map((arrival) => arrival.contactId)))
      await rebuildContact(world.deps, { contactId, now: until });
    const rebuilt = await world.rows<{ generation: number }>(generations, [2]);
    expect(rebuilt.map((row) => ({ ...row, generation: 1 }))).toEqual(live);
  },
  // Some worlds have a due a day, and each is lived through by itself.
  120_000,
);
