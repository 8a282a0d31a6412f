import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definitions } from '../model/definitions.ts';
import { dayMs } from '../model/time.ts';
import { compile } from './compile.ts';
import { scoreAt } from './scores/explain.ts';
import { plainDefinitions } from './generators/definitions.ts';
import { TestDriver } from './generators/driver.ts';
import { history, lookAfterMs } from './generators/histories.ts';
import { referenceScore } from './reference/books.ts';
import { resimulate } from './reference/resimulate.ts';
import type { Entry, Move } from './reference/world.ts';
import type { EventInput, LedgerEntry, StageMove } from './result.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 400);

/** Both sides add floating-point numbers in different orders: a micropoint of difference is none. */
const nearly = (points: number, expected: number): boolean => Math.abs(points - expected) <= 2;

const entryText = (entry: Entry | LedgerEntry, points: number, factors: Record<string, number> | null): string =>
  JSON.stringify([
    entry.model,
    entry.group,
    entry.kind,
    points,
    entry.at,
    entry.earnedAt,
    entry.cause,
    entry.messageId,
    entry.decays,
    entry.expiresAt,
    Object.entries(factors ?? {}).sort(),
  ]);

const near = (factors: Record<string, number> | null, expected: Record<string, number> | null): boolean =>
  Object.entries(expected ?? {}).every(([group, factor]) => Math.abs((factors?.[group] ?? NaN) - factor) < 1e-9);

/** The entries as text, numbers taken from the other side where they are nearly the same. */
const alike = (entries: LedgerEntry[], expected: Entry[]): [string[], string[]] => [
  entries.map((entry) => entryText(entry, entry.points, entry.factors)),
  expected.map((entry, index) => {
    const other = entries[index];
    const points = other && nearly(other.points, entry.points) ? other.points : entry.points;
    return entryText(entry, points, other && near(other.factors, entry.factors) ? other.factors : entry.factors);
  }),
];

const moveText = ({ from, to, at, passed, messageId }: Move | StageMove, other: Move | StageMove | undefined): string =>
  // Where a score creeps past a threshold the last bits decide about a few milliseconds.
  JSON.stringify([from, to, other && Math.abs(other.at - at) <= 5 ? other.at : at, passed, messageId]);

const play = (definitions: Definitions, events: readonly EventInput[], asOf: number): TestDriver => {
  const driver = new TestDriver(compile(definitions), { frugal: true });
  for (const event of events) driver.apply([event]);
  driver.tick(asOf);
  return driver;
};

describe('against the slow reference', () => {
  test('scores equal the formula over the whole ledger, at the clock and later', () => {
    fc.assert(
      fc.property(
        plainDefinitions,
        history(),
        lookAfterMs,
        fc.array(fc.integer({ min: 0, max: 100 * dayMs }), { maxLength: 5 }),
        (definitions, events, after, later) => {
          const program = compile(definitions);
          const driver = new TestDriver(program, { frugal: true });
          for (const event of events) {
            driver.apply([event]);
            expectScores(definitions, driver, driver.subject.clock);
          }
          const asOf = driver.subject.clock + after;
          driver.tick(asOf);
          for (const ms of [0, ...later]) {
            // Scores hold until something falls due.
            const at = asOf + ms;
            if (driver.subject.nextDueAt === null || at < driver.subject.nextDueAt)
              expectScores(definitions, driver, at);
          }
        },
      ),
      { numRuns },
    );
  });

  test('ledger and moves are those of the history lived again from the design', () => {
    fc.assert(
      fc.property(plainDefinitions, history(), lookAfterMs, (definitions, events, after) => {
        const asOf = Math.max(...events.map((event) => event.arrivedAt)) + after;
        const { entries, moves } = play(definitions, events, asOf).outcome;
        const world = resimulate(definitions, events, asOf);
        const [actual, expected] = alike(entries, world.ledger);
        expect(actual).toEqual(expected);
        expect(moves.map((move) => moveText(move, undefined))).toEqual(
          world.moves.map((move, index) => moveText(move, moves[index])),
        );
      }),
      { numRuns },
    );
  });
});

const expectScores = (definitions: Definitions, driver: TestDriver, at: number): void => {
  const program = compile(definitions);
  for (const model of definitions.models) {
    const { score } = scoreAt(program, driver.subject, model.id, at);
    const expected = referenceScore(model, driver.outcome.entries, at);
    if (Math.abs(score - expected) > 2e-6) expect({ at, score }).toEqual({ at, score: expected });
  }
};
