import { expect, test } from 'vitest';
import { othersWords } from './others-words.ts';

test.each([
  [[], null],
  [['Ann'], 'Ann is editing too'],
  [['Ann', 'Ben'], 'Ann and Ben are editing too'],
  [['Ann', 'Ben', 'Cleo', 'Dan'], 'Ann and 3 others are editing too'],
])('%j: %s', (names, words) => expect(othersWords(names)).toBe(words));
