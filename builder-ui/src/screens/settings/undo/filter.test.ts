import { expect, test } from 'vitest';
import { filterOf, nothingChosen } from './filter.ts';

test('nothing chosen is no filter', () => {
  expect(filterOf(nothingChosen)).toBeNull();
});

test('a rule is one of its model', () => {
  expect(filterOf({ ...nothingChosen, event: 'email_clicked', rule: 'interest/click' })).toEqual({
    eventTypes: ['email_clicked'],
    models: ['interest'],
    causes: ['rule:click'],
  });
  expect(filterOf({ ...nothingChosen, rule: 'interest' })).toEqual({ models: ['interest'] });
});

test('both days belong to a stretch of time', () => {
  const filter = filterOf({ ...nothingChosen, from: '2026-01-31', to: '2026-01-31' });
  expect(Date.parse(filter?.to ?? '') - Date.parse(filter?.from ?? '')).toBe(86_400_000);
});
