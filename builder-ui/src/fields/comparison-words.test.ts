import { comparisonSchema, type Comparison } from '@ripen/shared';
import { expect, test } from 'vitest';
import { daysWords, describeComparison, listWords, operatorWords, splitValues, valuesOf } from './comparison-words.ts';
import type { ValueKind } from './names.ts';

const cases: [Comparison, string, ValueKind?][] = [
  [{ op: 'equals', value: 'US' }, 'is US'],
  [{ op: 'equals', value: true }, 'is yes'],
  [{ op: 'not_equals', value: 1_200 }, 'is not 1,200'],
  [{ op: 'one_of', values: 'CEO; CTO ;VP' }, 'is one of CEO, CTO or VP'],
  [{ op: 'none_of', values: ['a', 2] }, 'is none of a or 2'],
  [{ op: 'contains', value: 'sales' }, 'contains sales'],
  [{ op: 'not_contains', value: 'x' }, 'does not contain x'],
  [{ op: 'starts_with', value: '+49' }, 'starts with +49'],
  [{ op: 'ends_with', value: '.edu' }, 'ends with .edu'],
  [{ op: 'matches', value: '^a' }, 'matches the pattern ^a'],
  [{ op: 'greater', value: 5 }, 'is more than 5'],
  [{ op: 'at_least', value: 5 }, 'is at least 5'],
  [{ op: 'at_least', value: '2026-03-14' }, 'is on or after March 14, 2026', 'date'],
  [{ op: 'less', value: '2026-03-14' }, 'is before March 14, 2026', 'date'],
  [{ op: 'at_most', value: 5 }, 'is at most 5'],
  [{ op: 'between', from: 1, to: 9 }, 'is between 1 and 9'],
  [{ op: 'is_set' }, 'is known'],
  [{ op: 'is_empty' }, 'is empty'],
  [{ op: 'is_junk_address' }, 'is a junk address'],
  [{ op: 'in_last_days', days: 1 }, 'is in the last 1 day'],
  [{ op: 'in_next_days', days: 0.5 }, 'is in the next 12 hours'],
  [{ op: 'equals', value: '' }, 'is …'],
];

test.each(cases)('%j reads "%s"', (is, words, kind) => {
  expect(describeComparison(is, kind)).toBe(words);
});

test('every operator that the schema has is said, and has a case', () => {
  const operators = comparisonSchema.options.flatMap(({ shape }) =>
    'options' in shape.op ? shape.op.options : [...shape.op.values],
  );
  expect(Object.keys(operatorWords).sort()).toEqual([...operators].sort());
  expect(new Set(cases.map(([{ op }]) => op))).toEqual(new Set(operators));
});

test('long lists say how many more there are', () => {
  expect(listWords(['a', 'b', 'c', 'd'], 'or')).toBe('a, b, c or d');
  expect(listWords(['a', 'b', 'c', 'd', 'e'], 'or')).toBe('a, b, c or 2 more');
  expect([listWords(['a'], 'and'), listWords([], 'and')]).toEqual(['a', '…']);
});

test('values are trimmed, days come in the unit that reads best', () => {
  expect(valuesOf(' a ;; b ')).toEqual(['a', 'b']);
  expect(valuesOf(undefined)).toEqual([]);
  expect(splitValues(['US', 'Mexico; Chile;', 'US\nPeru'])).toEqual(['US', 'Mexico', 'Chile', 'Peru']);
  expect([1, 14, 0.25, 1 / 1_440, 1.5, undefined].map(daysWords)).toEqual([
    '1 day',
    '14 days',
    '6 hours',
    '1 minute',
    '1.5 days',
    '… days',
  ]);
});
