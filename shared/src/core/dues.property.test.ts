import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definitions } from '../model/definitions.ts';
import { dayMs } from '../model/time.ts';
import { compile } from './compile.ts';
import { plainDefinitions } from './generators/definitions.ts';
import { TestDriver } from './generators/driver.ts';
import { history } from './generators/histories.ts';
import { referenceScore } from './reference/books.ts';
import { resimulate } from './reference/resimulate.ts';
import type { EventInput } from './result.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 300);

/** Far enough for every due of the generated models. */
const horizonMs = 200 * dayMs;
/** Where a fading score creeps past a threshold, two ways of adding up may differ by a few milliseconds. */
const slackMs = 5;

const written = (definitions: Definitions, events: readonly EventInput[], asOf: number): number => {
  const { ledger, moves } = resimulate(definitions, events, asOf);
  return ledger.length + moves.length;
};

/** On which side of every threshold and margin the score is. */
const sides = (definitions: Definitions, driver: TestDriver, at: number): string => {
  const model = definitions.models.find(({ id }) => id === definitions.lifecycle?.model);
  const levels =
    definitions.lifecycle?.stages.flatMap(({ threshold = 0, margin }) => [threshold, threshold - margin]) ?? [];
  return model
    ? levels.map((level) => Number(referenceScore(model, driver.outcome.entries, at) >= level)).join('')
    : '';
};

describe('the next due moment', () => {
  test('is the first at which the reference finds something to do, and none when it finds nothing', () => {
    fc.assert(
      fc.property(plainDefinitions, history({ maxLength: 12 }), (definitions, events) => {
        const driver = new TestDriver(compile(definitions), { frugal: true });
        for (const event of events) driver.apply([event]);
        const { clock, nextDueAt } = driver.subject;
        const now = driver.outcome.entries.length + driver.outcome.moves.length;
        const before = nextDueAt === null ? clock + horizonMs : Math.min(nextDueAt - slackMs, clock + horizonMs);
        if (before > clock) expect(written(definitions, events, before)).toBe(now);
        if (nextDueAt === null) return;

        const was = sides(definitions, driver, Math.max(clock, nextDueAt - slackMs));
        const ofReset = diesInReset(driver, nextDueAt);
        const rises = mayRise(definitions, driver);
        driver.tick(nextDueAt);
        const { entries, moves } = driver.outcome;
        const changed = entries.length + moves.length > now || sides(definitions, driver, nextDueAt + slackMs) !== was;
        expect(changed || ofReset || rises).toBe(true);
      }),
      { numRuns },
    );
  });

  test('is met in order: following dues one by one writes what one long look writes', () => {
    fc.assert(
      fc.property(plainDefinitions, history({ maxLength: 12 }), (definitions, events) => {
        const program = compile(definitions);
        const patient = new TestDriver(program, { frugal: true });
        const hasty = new TestDriver(program, { frugal: true });
        for (const event of events) {
          patient.apply([event]);
          hasty.apply([event]);
        }
        const asOf = patient.subject.clock + horizonMs;
        let last = patient.subject.clock;
        for (let due = patient.subject.nextDueAt; due !== null && due <= asOf; due = patient.subject.nextDueAt) {
          expect(due).toBeGreaterThanOrEqual(last);
          last = due;
          patient.tick(due);
        }
        hasty.tick(asOf);
        expect(hasty.outcome.entries).toEqual(patient.outcome.entries);
        expect(hasty.outcome.moves).toEqual(patient.outcome.moves);
        expect(JSON.stringify(hasty.subject)).toBe(JSON.stringify(patient.subject));
      }),
      { numRuns },
    );
  });
});

/** Rows of entries that a reset made worthless are looked at once more, when their window is over. */
const diesInReset = (driver: TestDriver, at: number): boolean => {
  const since = driver.outcome.entries.findLastIndex((entry) => entry.kind === 'reset');
  return driver.outcome.entries.slice(0, Math.max(0, since)).some((entry) => entry.expiresAt === at);
};

/** While penalties fade, a behaviour part at its floor may rise: steps are looked at though they take nothing yet. */
const mayRise = (definitions: Definitions, driver: TestDriver): boolean =>
  definitions.models.some((model) => model.decay?.everyDays !== undefined && model.halfLifeDays !== undefined) &&
  driver.outcome.entries.some((entry) => entry.kind === 'points' && entry.points < 0 && entry.decays);
