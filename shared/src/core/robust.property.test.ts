import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldValue, Properties } from '../model/value.ts';
import { compile } from './compile.ts';
import { FactBook } from './facts.ts';
import { forecast } from './forecast.ts';
import { plainDefinitions, richDefinitions } from './generators/definitions.ts';
import { TestDriver } from './generators/driver.ts';
import { history } from './generators/histories.ts';
import { liveThrough } from './generators/live.ts';
import { automation, day, model, Play, programOf, rule } from './generators/play.ts';
import { scoreAt } from './scores/explain.ts';
import { step } from './step.ts';
import { newSubject } from './subject.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 100);

const anyField: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.string({ unit: 'binary' }),
  // JSON has no negative zero, so nothing that arrives has.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
);
// What ingest lets through is JSON, so any JSON must do.
const anyProperties = fc.dictionary(
  fc.constantFrom('asset', 'seconds', 'x'),
  fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value))),
) as fc.Arbitrary<Properties>;
const anyFields = fc.dictionary(fc.constantFrom('country', 'title', 'employees', 'renewal'), anyField);
const anyMoment = fc.oneof(
  fc.constantFrom(0, 1, 8_640_000_000_000_000),
  fc.integer({ min: 0, max: 4_000_000_000_000 }),
);

describe('whatever arrives', () => {
  test('no step throws or writes what is not a number', () => {
    const strange = fc.array(fc.record({ properties: anyProperties, fields: anyFields, occurredAt: anyMoment }), {
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(richDefinitions, history({ maxLength: 10 }), strange, (definitions, events, oddities) => {
        const odd = events.map((event, index) => ({ ...event, ...oddities[index % oddities.length] }));
        const { outcome, subject } = liveThrough(compile(definitions), odd, (events.at(-1)?.arrivedAt ?? 0) + 1);
        expect(
          outcome.entries.every(({ points, at, earnedAt }) => [points, at, earnedAt].every(Number.isSafeInteger)),
        ).toBe(true);
        for (const { id } of definitions.models) {
          expect(Number.isFinite(scoreAt(compile(definitions), subject, id, subject.clock).score)).toBe(true);
        }
        expect(JSON.parse(JSON.stringify(subject))).toEqual(subject);
      }),
      { numRuns },
    );
  });

  test('a step that throws leaves no trace', () => {
    // Definitions that were never validated: the node names a model that is not there.
    const program = programOf(
      model([rule('open', 'opened', 5, { counts: { kind: 'once_per', property: 'asset' } })], { windowDays: 5 }),
      automation(
        'broken',
        [{ type: 'event', event: 'opened', where: { kind: 'property', property: 'bad', is: { op: 'is_set' } } }],
        [{ id: 'add', type: 'add_points', settings: { model: 'gone', points: 1 } }],
      ),
    );
    const event = (properties: Properties) => new Play(program).event({ on: 1, type: 'opened', properties });
    const facts = new FactBook();
    const before = newSubject('contact');
    const text = JSON.stringify(before);
    expect(() => step(program, before, event({ asset: 'a', bad: 1 }), facts)).toThrow('gone');
    expect(JSON.stringify(before)).toBe(text);
    expect(facts.nextExpiring()).toBeUndefined();
    // The same asset still counts, and the batch goes on.
    expect(step(program, before, event({ asset: 'a' }), facts).entries).toHaveLength(1);
  });
});

describe('what comes next', () => {
  test('a stage is left or reached in the very millisecond in which the score gets to the other side', () => {
    let seen = 0;
    fc.assert(
      fc.property(plainDefinitions, history({ maxLength: 12 }), (definitions, events) => {
        const program = compile(definitions);
        const driver = new TestDriver(program, { frugal: true });
        for (const event of events) driver.apply([event]);
        for (let turn = 0; turn < 20 && driver.subject.nextDueAt !== null; turn++) {
          const { subject } = driver;
          const due = driver.subject.nextDueAt;
          const { entries, moves } = driver.outcome;
          const [written, moved] = [entries.length, moves.length];
          driver.tick(due);
          if (due <= subject.clock || entries.length > written || moves.length === moved || subject.stayHolds) continue;
          const stages = definitions.lifecycle?.stages ?? [];
          const sides = (at: number): boolean[] =>
            stages
              .flatMap(({ threshold = 0, margin }) => [threshold, threshold - margin])
              .map((level) => scoreAt(program, subject, 'main', at).score >= level);
          expect(sides(due)).not.toEqual(sides(due - 1));
          expect(sides(due - 1)).toEqual(sides(subject.clock));
          seen++;
        }
      }),
      { numRuns: numRuns * 5 },
    );
    expect(seen).toBeGreaterThan(10);
  });

  test('a forecast names the move that time brings', () => {
    const stages = { kind: 'lifecycle' as const, model: 'main', stages: [{ id: 'lead', name: 'Lead', threshold: 5 }] };
    const program = programOf(model([rule('open', 'opened', 20)], { halfLifeDays: 10 }), stages);
    const play = new Play(program).then({ on: 0, type: 'opened' });
    const { move } = forecast(program, play.driver.subject, new FactBook(), day(60));
    expect(forecast(program, play.driver.subject, new FactBook(), day(19)).move).toBeNull();
    expect(play.until(60).outcome.moves.at(-1)).toEqual(move);
    expect(move?.from).toBe('lead');
  });
});
