import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definitions } from '../model/definitions.ts';
import { dayMs } from '../model/time.ts';
import { compile } from './compile.ts';
import { explain, scoreAt } from './scores/explain.ts';
import { plainDefinitions, richDefinitions } from './generators/definitions.ts';
import { TestDriver, type Outcome } from './generators/driver.ts';
import { withHands } from './generators/hands.ts';
import { history, lookAfterMs } from './generators/histories.ts';
import { liveThrough } from './generators/live.ts';
import { internalEvents } from './arrivals/internal-events.ts';
import { referenceScore } from './reference/books.ts';
import type { EventInput } from './result.ts';
import { validate } from '../validate/validate.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 200);

const lived = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: richDefinitions }, { weight: 1, arbitrary: plainDefinitions }),
    history({ minLength: 5, maxLength: 30 }),
    lookAfterMs,
  )
  .chain(([definitions, events, after]) =>
    fc.tuple(fc.constant(definitions), withHands(events, definitions), fc.constant(after)),
  )
  .map(([definitions, events, after]) => ({
    definitions,
    events,
    asOf: Math.max(...events.map((event) => event.arrivedAt)) + after,
  }));

const arrivalsOf = (outcome: Outcome): EventInput[] => outcome.inputs.filter((input) => input.kind === 'event');

/**
 * What the law fixes, as text. Whether somebody is paged depends on when one looks, so that is left out; so are the
 * notes that say it.
 */
const bookOf = ({ entries, moves, runs, effects, subject }: Outcome): Record<string, string[]> => ({
  entries: entries.map((entry) => JSON.stringify(entry)),
  moves: moves.map((move) => JSON.stringify(move)),
  runs: [...runs.values()].map((run) =>
    JSON.stringify({ ...run, backfilled: null, trail: run.trail.map((step) => ({ ...step, note: null })) }),
  ),
  effects: effects.map(({ id, kind, node, at }) => JSON.stringify({ id, kind, node, at })),
  subject: [JSON.stringify({ ...subject, runs: subject.runs.map((run) => ({ ...run, backfilled: null })) })],
});

const dealt = (
  definitions: Definitions,
  arrivals: readonly EventInput[],
  asOf: number,
  sizes: readonly number[],
  looks: readonly number[],
  frugal: boolean,
): Outcome => {
  const driver = new TestDriver(compile(definitions), { frugal });
  let next = 0;
  for (let turn = 0; next < arrivals.length; turn++) {
    const batch = arrivals.slice(next, next + (sizes[turn % sizes.length] ?? 1));
    const first = batch[0]?.arrivedAt ?? 0;
    // One may look at any moment that does not pass what is still to be applied.
    const look = looks[turn % looks.length];
    const from = Math.max(driver.subject.clock, first - 30 * dayMs);
    if (look !== undefined && first > from) driver.tick(from + Math.floor((first - from) * look));
    driver.apply(batch);
    next += batch.length;
  }
  driver.tick(asOf);
  return driver.outcome;
};

/** How often something happened in all the histories together: what never happens proves nothing. */
const tally = new Map<string, number>();
const count = (what: string, times = 1): void => void tally.set(what, (tally.get(what) ?? 0) + times);
const countAll = ({ entries, moves, runs, effects, inputs }: Outcome): void => {
  for (const entry of entries) count(entry.kind);
  for (const move of moves)
    if (move.cause === 'score') count(move.passed.includes(move.to ?? '') ? 'crossing up' : 'crossing down');
  for (const { trail } of runs.values()) {
    const ports = trail.flatMap(({ port }, index) =>
      index > 0 && trail[index - 1]?.port === null && port !== null ? [port] : [],
    );
    for (const port of ports) count(`wait: ${port}`);
  }
  for (const effect of effects) count(effect.kind);
  for (const input of inputs) if (input.kind === 'event') count(input.type);
};

/** Runs that only segments, dates or schedules can have started; and waits by the kind of node. */
const countByDrawing = ({ automations }: Definitions, { runs }: Outcome): void => {
  for (const run of runs.values()) {
    const { triggers = [], nodes = [] } = automations.find(({ graph }) => graph.id === run.automation)?.graph ?? {};
    const types = new Set(triggers.map(({ type }) => type));
    if ([...types].every((type) => type.startsWith('segment_') || type === 'date' || type === 'schedule'))
      for (const type of types) count(type);
    const waited = new Set(run.trail.filter(({ port }) => port === null).map(({ node }) => node));
    for (const { id, type } of nodes) if (waited.has(id)) count(`waited: ${type}`);
  }
};

test('generated definitions are such as can be published', () => {
  fc.assert(
    fc.property(fc.oneof(richDefinitions, plainDefinitions), (definitions) => {
      expect(validate(definitions).filter(({ severity }) => severity === 'error')).toEqual([]);
    }),
    { numRuns },
  );
});

describe('the law: the same arrivals give the same ledger', () => {
  test('however they are dealt into batches, whenever one looks, whatever more is known', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 });
    const looks = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
    fc.assert(
      fc.property(lived, sizes, looks, ({ definitions, events, asOf }, batches, moments) => {
        const live = liveThrough(compile(definitions), events, asOf).outcome;
        const arrivals = arrivalsOf(live);
        const book = bookOf(live);
        countAll(live);
        countByDrawing(definitions, live);
        expect(bookOf(dealt(definitions, arrivals, asOf, [arrivals.length], [], true))).toEqual(book);
        expect(bookOf(dealt(definitions, arrivals, asOf, [arrivals.length], [], false))).toEqual(book);
        expect(bookOf(dealt(definitions, arrivals, asOf, batches, moments, true))).toEqual(book);
      }),
      { numRuns },
    );
  });

  test.each([
    'points',
    'profile',
    'reversal',
    'expiry',
    'decay',
    'reset',
    'adjustment',
    'void',
    'crossing up',
    'crossing down',
    'wait: next',
    'wait: happened',
    'wait: timed_out',
    'wait: met',
    'wait: reached',
    'wait: goal',
    'wait: routed',
    'wait: no_one',
    'wait: response',
    'wait: failed',
    'deliver',
    'ask',
    'segment_entered',
    'segment_left',
    'date',
    'schedule',
    'waited: wait_until',
    'waited: wait_hours',
    internalEvents.maintain,
    internalEvents.accountFields,
    internalEvents.scheduled,
  ])('was tried on enough of: %s', (what) => {
    expect(tally.get(what) ?? 0).toBeGreaterThanOrEqual(5);
  });
});

describe('what is written adds up', () => {
  test('scores equal the formula, explanations the score, totals the ledger; ids are unique', () => {
    fc.assert(
      fc.property(lived, fc.integer({ min: 0, max: 40 * dayMs }), ({ definitions, events, asOf }, later) => {
        const program = compile(definitions);
        const { outcome, subject } = liveThrough(program, events, asOf);
        const { entries, moves, runs, effects } = outcome;
        const at = Math.min(asOf + later, (subject.nextDueAt ?? Infinity) - 1);
        for (const model of definitions.models) {
          if (at >= subject.clock) {
            const explained = explain(program, subject, model.id, at);
            const micro = explained.lines.reduce((sum, line) => sum + Math.round(line.points * 1e6), 0);
            expect(micro).toBe(Math.round(explained.score * 1e6));
            // Rounding is what its name says, no place for what nobody can explain.
            const rounding = explained.lines
              .filter(({ kind }) => kind === 'rounding')
              .map(({ points }) => Math.abs(points));
            expect(Math.max(0, ...rounding)).toBeLessThanOrEqual(1e-5);
            expect(explained.score).toBe(scoreAt(program, subject, model.id, at).score);
            expect(Math.abs(explained.score - referenceScore(model, entries, at))).toBeLessThanOrEqual(2e-6);
          }
          const state = subject.models[model.id];
          expect(Object.fromEntries(state?.causes.map((cause, index) => [cause, state.totals[index]]) ?? [])).toEqual(
            totalsOf(entries.filter((entry) => entry.model === model.id)),
          );
        }
        const ids = [...entries, ...moves, ...runs.values(), ...effects].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1));
        expect(entries.every((entry) => Number.isSafeInteger(entry.points) && !Object.is(entry.points, -0))).toBe(true);
      }),
      { numRuns },
    );
  });
});

/** Nominal micropoints of behaviour entries since the last reset that have not expired, by group and cause. */
const totalsOf = (entries: Outcome['entries']): Record<string, number> => {
  const since = entries.findLastIndex((entry) => entry.kind === 'reset');
  const gone = new Set(entries.map((entry) => entry.of));
  const totals: Record<string, number> = {};
  for (const entry of entries.slice(since + 1)) {
    if (entry.kind !== 'points' || gone.has(entry.id)) continue;
    const key = `${entry.group ?? ''}:${entry.cause}`;
    totals[key] = (totals[key] ?? 0) + entry.points;
  }
  return Object.fromEntries(Object.entries(totals).filter(([, total]) => total !== 0));
};
