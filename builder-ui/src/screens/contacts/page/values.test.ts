import { expect, test } from 'vitest';
import { flat, valueInWords } from './values.ts';

test.each([
  [true, 'Yes'],
  [12_000.5, '12,000.5'],
  [-1_234_567.89, '\u22121,234,567.89'],
  ['1980-12-24T00:00:00.000Z', 'Dec 24, 1980'],
  [['a', 'b'], 'a, b'],
  [null, ''],
  ['plain', 'plain'],
])('%j reads %s', (value, words) => {
  expect(valueInWords(value)).toBe(words);
});

test('nested values have paths', () => {
  expect(flat({ a: 1, b: { c: [1], d: null } })).toEqual([
    ['a', 1],
    ['b.c', [1]],
    ['b.d', null],
  ]);
  expect(flat(null)).toEqual([]);
});
