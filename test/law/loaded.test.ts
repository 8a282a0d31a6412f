import { compile, definitionsOf, Simulator, type Definition, type Definitions } from '@ripen/shared';
import { documentsOf, richDefinitions } from '@ripen/shared/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  booksOf,
  expectEnough,
  expectSameBooks,
  hasEnough,
  nothingHappened,
  type Books,
  type Happened,
} from '../helpers/books.ts';
import { seed, tellSeed } from '../helpers/seed.ts';
import { loadHistory, openWorkspace, rebuildAll, recordedArrivals } from '../helpers/workspace.ts';
import { expectHands, generatedMessages, type GeneratedHistories } from './support/messages.ts';
import { simulate } from './support/simulate.ts';
import { bellId } from './support/world-automations.ts';
import { richWorld } from './support/world.ts';

tellSeed();

/** Loads, simulates and rebuilds one history; fails at the first difference. Returns what happened in it. */
const prove = async (
  documents: readonly Definition[],
  definitions: Definitions,
  { messages, until }: GeneratedHistories,
): Promise<{ happened: Happened; books: Books; noticesHeld: number }> => {
  const workspace = await openWorkspace(documents);
  try {
    await loadHistory(workspace, messages, until);
    const loaded = await booksOf(workspace.deps.store.pool);
    const simulated = simulate({ definitions, messages, until });
    expect(simulated.deadLetters).toEqual([]);
    expectSameBooks(loaded, simulated.books, 'Loaded and simulated as live');
    const asLoad = simulate({ definitions, messages, until, historical: true });
    expectSameBooks(asLoad.books, simulated.books, 'Simulated as a load and as live');
    const arrivals = await recordedArrivals(workspace.deps.store.pool);
    expectSameBooks(
      simulate({ definitions, messages: arrivals, until, answers: 'recorded' }).books,
      simulated.books,
      'Simulated from the recorded arrivals',
    );
    // Of history nobody is told inside the product: every such message is held.
    const { pool } = workspace.deps.store;
    const bell = await pool.query<{ status: string; n: number }>(
      'select status, count(*)::int as n from deliveries where channel = $1 group by status',
      [bellId],
    );
    const { held } = asLoad.notices;
    expect(bell.rows).toEqual(held === 0 ? [] : [{ status: 'held', n: held }]);
    await rebuildAll(workspace, until);
    await workspace.drain(until);
    const rebuilt = await booksOf(workspace.deps.store.pool);
    expectSameBooks(
      rebuilt,
      simulate({ definitions, messages, until, generation: 2 }).books,
      'Rebuilt and simulated as generation 2',
    );
    return { happened: simulated.happened, books: simulated.books, noticesHeld: held };
  } finally {
    await workspace.close();
  }
};

test('loaded, simulated and rebuilt, a history of everything has the same ledger', async () => {
  const documents = richWorld('http://127.0.0.1:9/hook', 'http://127.0.0.1:9/lookup');
  const definitions = definitionsOf(documents);
  const histories = generatedMessages({ contacts: 150, seed, definitions });
  const { happened, books, noticesHeld } = await prove(documents, definitions, histories);
  expectHands(histories.messages, books, 20);
  expect(noticesHeld).toBeGreaterThan(0);
  expectEnough(happened, 100);
});

const dayMs = 86_400_000;

/**
 * The same histories, looked at when nobody has asked or told anything for a day: what is asked within a day is asked of somebody
 * outside, who is not there.
 */
const lookedAtInPeace = (definitions: Definitions, { messages, until }: GeneratedHistories): GeneratedHistories => {
  const said: number[] = [];
  const simulator = new Simulator({
    definitions,
    emit: (record) => {
      if (record.kind === 'delivery' || record.kind === 'lead') said.push(record.at);
    },
  });
  for (const message of messages) simulator.take(structuredClone(message));
  simulator.advance(until + 30 * dayMs);
  said.sort((a, b) => a - b);
  let peace = until;
  for (const at of said) if (at <= peace && at >= peace - dayMs) peace = at + dayMs + 1;
  return { messages, until: peace };
};

/** Worlds differ in what happens in them: there are more of them until everything happened often enough. */
const fewestWorlds = 8;
const mostWorlds = 60;

test('the same for generated definitions', async () => {
  const total = nothingHappened();
  const worlds = fc.sample(richDefinitions, { numRuns: mostWorlds, seed });
  for (const [index, generated] of worlds.entries()) {
    if (index >= fewestWorlds && hasEnough(total, 100)) break;
    compile(generated);
    const documents = documentsOf(generated);
    const histories = lookedAtInPeace(
      definitionsOf(documents),
      generatedMessages({ contacts: 25, seed: seed + 1_000 * (index + 1), definitions: generated }),
    );
    const { happened } = await prove(documents, definitionsOf(documents), histories).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`World ${index} of RIPEN_SEED=${seed}: ${reason}`, { cause: error });
    });
    for (const name of Object.keys(total) as (keyof Happened)[]) total[name] += happened[name];
  }
  expectEnough(total, 100);
});
