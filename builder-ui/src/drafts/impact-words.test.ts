import type { AccountModelChange } from '@ripen/shared';
import { expect, test } from 'vitest';
import { accountsInWords, lookedInWords, type Looked } from './impact-words.ts';

const nothing: AccountModelChange = {
  ...{ model: 'm', name: 'M', accounts: 0, up: 0, down: 0, change: 0 },
  ...{ rebanded: 0, bands: [], examples: [] },
};

test.each([
  [nothing, 'No account changes.'],
  [{ ...nothing, accounts: 1, down: 1, rebanded: 1 }, '1 account changes: 0 up, 1 down, 1 to another band.'],
  [{ ...nothing, accounts: 1_200, up: 1_200 }, '1,200 accounts change: 1,200 up, 0 down, 0 to another band.'],
])('which accounts change is a sentence: %#', (change, sentence) => {
  expect(accountsInWords(change)).toBe(sentence);
});

const contacts: Looked = { looked: 2_000, of: 2_000, whom: 'contact' };
const accounts: Looked = { looked: 1, of: 1, whom: 'account' };

test.each([
  [[contacts], 'By all 2,000 contacts.'],
  [[contacts, accounts], 'By all 2,000 contacts and the one account.'],
  [[{ ...contacts, of: 9_000 }], 'By 2,000 of 9,000 contacts, taken at random.'],
  [[{ ...contacts, of: 9_000 }, accounts], 'By 2,000 of 9,000 contacts and the one account, taken at random.'],
])('of whom it tells is a sentence: %#', (looked, sentence) => {
  expect(lookedInWords(looked)).toBe(sentence);
});
