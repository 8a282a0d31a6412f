import { acceptEvents } from '@ripen/engine';
import { hasErrors, Simulator, validate, type Definitions } from '@ripen/shared';
import { documentsOf, historyStartsAt, richDefinitions } from '@ripen/shared/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksOf, expectSameBooks, SimulatedBooks, type Books } from '../../helpers/books.ts';
import { seed, tellSeed } from '../../helpers/seed.ts';
import { createWorld, dayMs, type World } from './support.ts';

beforeAll(tellSeed);

const worlds: World[] = [];
afterAll(() => Promise.all(worlds.map((world) => world[Symbol.asyncDispose]())));

/** People with two devices each, who now and then say who they are. */
const message = fc.record({
  person: fc.integer({ min: 0, max: 3 }),
  device: fc.integer({ min: 0, max: 1 }),
  says: fc.constantFrom('nothing', 'nothing', 'nothing', 'user', 'email', 'both'),
  event: fc.constantFrom('email_opened', 'page_viewed', 'form_submitted'),
  asset: fc.constantFrom('ebook', 'demo'),
  gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 * dayMs })),
});

type Message = typeof message extends fc.Arbitrary<infer Value> ? Value : never;

/** Whatever was drawn: the two devices of one person are seen before they turn out to be one. */
const withMerge = (drawn: Message[]): Message[] => {
  const by = (device: number, says: Message['says']): Message => ({
    person: 0,
    device,
    says,
    event: 'page_viewed',
    asset: 'demo',
    gapMs: 1,
  });
  return [by(0, 'nothing'), by(1, 'nothing'), ...drawn, by(0, 'user'), by(1, 'user')];
};

const withoutAutomations = (definitions: Definitions): Definitions => ({ ...definitions, automations: [] });

const absorbed = async (world: World): Promise<string[]> =>
  (await world.rows<{ id: string }>('select id from contacts where absorbed')).map(({ id }) => id);

/** The books that a contact had before it was found to be another one stay written; they are nobody's any more. */
const withoutAbsorbed = ({ entries, moves }: Books, ids: readonly string[]): Books => {
  const kept = (line: string): boolean => !ids.some((id) => line.includes(`"contact":"${id}"`));
  return { entries: entries.filter(kept), moves: moves.filter(kept) };
};

const cases = fc.sample(
  fc.record({
    definitions: richDefinitions
      .map(withoutAutomations)
      .filter((definitions) => definitions.models.length > 0 && !hasErrors(validate(definitions))),
    messages: fc.array(message, { minLength: 30, maxLength: 60, size: 'max' }).map(withMerge),
    chunk: fc.integer({ min: 1, max: 25 }),
  }),
  { seed, numRuns: 4 },
);

test.each(cases.map((each, index) => ({ ...each, index })))(
  'contacts that turn out to be one have the books of the simulator, however their lanes take turns (case $index)',
  async ({ definitions, messages, chunk }) => {
    const world = await createWorld();
    worlds.push(world);
    await world.publish(documentsOf(definitions), historyStartsAt);
    let at = historyStartsAt;
    const calls = messages.map(({ person, device, says, event, asset, gapMs }, index) => {
      at += gapMs;
      const timestamp = new Date(at).toISOString();
      const identity = {
        anonymousId: `device-${person}-${device}`,
        ...(says === 'user' || says === 'both' ? { userId: `person-${person}` } : {}),
      };
      const email = says === 'email' || says === 'both' ? { email: `person-${person}@example.com` } : {};
      const common = { messageId: `m${index}`, timestamp, ...identity };
      const call =
        says === 'nothing'
          ? { type: 'track', event, properties: { asset }, ...common }
          : { type: 'identify', traits: { ...email, country: 'US' }, ...common };
      return { call, at };
    });
    const books = new SimulatedBooks();
    let merges = 0;
    const simulator = new Simulator({
      definitions,
      emit: (record) => {
        books.take(record);
        if (record.kind === 'merge') merges++;
      },
    });
    for (const each of calls) simulator.take(structuredClone(each.call), { receivedAt: each.at });
    const until = at + 40 * dayMs;
    simulator.advance(until);
    simulator.finish();
    expect(merges).toBeGreaterThan(0);

    for (let start = 0; start < calls.length; start += chunk) {
      const together = calls.slice(start, start + chunk);
      for (const each of together) await acceptEvents(world.deps, [structuredClone(each.call)], { now: each.at });
      // Late on purpose: the clock of nobody runs ahead of what has been accepted.
      await world.drain(together[0]?.at ?? at, 3);
    }
    await world.drain(until);
    expect(world.said).toEqual([]);
    expect(await world.rows('select error from dead_letters')).toEqual([]);
    expectSameBooks(withoutAbsorbed(await booksOf(world.store.pool), await absorbed(world)), books.books, 'merged');
  },
);
