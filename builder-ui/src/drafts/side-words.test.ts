import type { ImpactSide } from '@ripen/shared';
import { expect, test } from 'vitest';
import { sideInWords } from './side-words.ts';

const side = (contacts: number): ImpactSide => ({
  contacts,
  models: [{ model: 'intent', up: contacts, down: 0, change: 10 }],
  moves: [{ from: null, to: 'lead', contacts: 1 }],
  bands: [],
  examples: [],
});

test('what a part of the contacts showed is not told as what all of them do', () => {
  expect(sideInWords(side(348), 'in all', { looked: 2_000, of: 10_000 })).toBe(
    '348 of the 2,000 contacts looked at change in all: 348 up, 0 down, 1 to another stage. That would be about 1,700 of all 10,000.',
  );
  expect(sideInWords(side(0), 'at once', { looked: 2_000, of: 10_000 })).toBe(
    'None of the 2,000 contacts looked at changes at once.',
  );
});

test('when all were looked at, the figures are theirs', () => {
  expect(sideInWords(side(1), 'in all', { looked: 10, of: 10 })).toBe(
    '1 contact changes in all: 1 up, 0 down, 1 to another stage.',
  );
  expect(sideInWords(side(0), 'at once', { looked: 10, of: 10 })).toBe('No contact changes at once.');
});
