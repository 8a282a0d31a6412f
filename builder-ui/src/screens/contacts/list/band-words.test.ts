import { expect, test } from 'vitest';
import { bandWords } from './band-words.ts';

const models = [
  { id: 'fit', name: 'Fit', groups: [], bands: [{ id: 'a', name: 'A' }] },
  { id: 'deeds', name: 'Deeds', groups: [], bands: [{ id: 'none', name: 'Nothing done' }] },
];

test.each([
  ['fit:a', 'in A of Fit'],
  ['fit:none', 'in no band of Fit'],
  // A band may be called so.
  ['fit:a,deeds:none', 'in A of Fit and in Nothing done of Deeds'],
  // What is gone is still named.
  ['gone_model:b', 'in B of Gone model'],
])('%s is said as "%s"', (band, words) => {
  expect(bandWords(band, { models })).toBe(words);
});
