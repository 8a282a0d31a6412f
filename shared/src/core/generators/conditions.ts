import * as fc from 'fast-check';
import type { Condition } from '../../model/condition.ts';
import {
  assets,
  countries,
  days,
  eventTypes,
  generatedBands,
  labels,
  maybe,
  segmentIds,
  stageIds,
  titles,
} from './vocabulary.ts';

/** Conditions on fields alone: they change with events only. */
export const fieldCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom(...countries)
    .map((value): Condition => ({ kind: 'field', field: 'country', is: { op: 'equals', value } })),
  fc
    .subarray([...titles], { minLength: 1 })
    .map((values): Condition => ({ kind: 'field', field: 'title', is: { op: 'one_of', values } })),
  fc
    .integer({ min: 1, max: 9 })
    .map((value): Condition => ({ kind: 'field', field: 'employees', is: { op: 'at_least', value } })),
  fc.constant<Condition>({ kind: 'field', field: 'title', is: { op: 'is_set' } }),
  fc
    .constantFrom(...countries)
    .map((value): Condition => ({ kind: 'not', of: { kind: 'field', field: 'country', is: { op: 'equals', value } } })),
);

export const propertyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom(...assets)
    .map((value): Condition => ({ kind: 'property', property: 'asset', is: { op: 'equals', value } })),
  fc
    .integer({ min: 10, max: 90 })
    .map((value): Condition => ({ kind: 'property', property: 'seconds', is: { op: 'at_least', value } })),
);

const date: fc.Arbitrary<Condition> = fc
  .record({ op: fc.constantFrom('in_last_days' as const, 'in_next_days' as const), days: days(1, 30) })
  .map((is): Condition => ({ kind: 'field', field: 'renewal', is }));

/** Conditions that also look at the clock, the past, scores, stage and labels: who is in a segment. */
export const memberCondition = (models: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fieldCondition,
    date,
    fc
      .record({
        type: fc.constantFrom(...eventTypes),
        withinDays: fc.option(days(1, 40), { nil: undefined }),
        times: fc.integer({ min: 1, max: 4 }),
        few: fc.boolean(),
        where: maybe(propertyCondition, 3),
      })
      .map(({ type, withinDays, times, few, where }): Condition => ({
        kind: 'performed',
        event: type,
        where,
        withinDays,
        ...(few ? { atMost: times - 1 } : { atLeast: times }),
      })),
    fc
      .record({
        model: fc.constantFrom(...models),
        part: fc.constantFrom('all' as const, 'behaviour' as const),
        value: fc.integer({ min: 1, max: 60 }),
        below: fc.boolean(),
      })
      .map(({ model, part, value, below }): Condition => ({
        kind: 'score',
        model,
        part,
        ...(below ? { below: value } : { atLeast: value }),
      })),
    fc
      .record({ model: fc.constantFrom(...models), band: fc.constantFrom(...generatedBands) })
      .map(({ model, band }): Condition => ({ kind: 'band', model, in: [band.id] })),
    fc.constantFrom(...stageIds, null).map((stage): Condition => ({ kind: 'stage', in: [stage] })),
    fc.constantFrom(...labels).map((label): Condition => ({ kind: 'label', label })),
  );

/** The same with what nodes can also look at: the event that started the run, and segments. */
export const richCondition = (models: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    { weight: 6, arbitrary: memberCondition(models) },
    { weight: 1, arbitrary: propertyCondition },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...segmentIds).map((segment): Condition => ({ kind: 'segment', segment })),
    },
  );

/** Profile rules of rich models: fields, labels, and dates that become true or false as time passes. */
export const profileCondition: fc.Arbitrary<Condition> = fc.oneof(
  fieldCondition,
  date,
  fc.constant<Condition>({ kind: 'segment', segment: segmentIds[0] }),
  fc.constantFrom(...labels).map((label): Condition => ({ kind: 'label', label })),
);
