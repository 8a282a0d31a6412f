import { conditionSchema, countingSchema, type Condition } from '@ripen/shared';
import { expect, test } from 'vitest';
import { inUnit, toDays, unitOf, type DaysUnit } from './days.ts';
import { fieldErrors, schemaErrors } from './errors.ts';
import { pathWords } from './names.ts';
import { readNumber, writeNumber } from './read-number.ts';

test.each([
  ['12', 12],
  ['-8', -8],
  ['\u22128', -8],
  ['+25', 25],
  ['1,000', 1_000],
  ['1,234,567.5', 1_234_567.5],
  ['2,5', 2.5],
  ['1.', 1],
  ['.5', 0.5],
  [' 1 000 ', 1_000],
  ['', undefined],
  ['-', undefined],
  ['12a', undefined],
  ['1e3', undefined],
  ['1.2.3', undefined],
])('"%s" typed is %s', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test('what a field shows is read as the same number', () => {
  for (const value of [0, -8, 2.5, 1_000_000, 0.000001, -0.25]) expect(readNumber(writeNumber(value))).toBe(value);
  expect(writeNumber(undefined)).toBe('');
});

test.each<[number | undefined, DaysUnit]>([
  [undefined, 'days'],
  [30, 'days'],
  [0.5, 'hours'],
  [5 / 24, 'hours'],
  [1 / 1_440, 'minutes'],
  [1.5, 'hours'],
])('%s days read best in %s', (days, unit) => {
  expect(unitOf(days)).toBe(unit);
});

test('days go into every unit and back', () => {
  for (const unit of ['minutes', 'hours', 'days', 'weeks'] as const)
    for (const amount of [1, 5, 7, 90]) expect(inUnit(toDays(amount, unit), unit)).toBe(amount);
});

test.each([
  ['secondsOnPage', 'Seconds on page'],
  ['address.country', 'Address country'],
  ['account.annual_revenue', 'Account annual revenue'],
  ['utmID', 'UtmID'],
  ['email', 'E-mail'],
  ['workEmail', 'Work e-mail'],
])('%s is called %s', (path, words) => {
  expect(pathWords(path)).toBe(words);
});

test('what a schema refuses is said in plain words, at its field', () => {
  const condition = {
    kind: 'all',
    of: [
      { kind: 'field', field: '', is: { op: 'equals', value: 'US' } },
      { kind: 'performed', event: '', atLeast: 0 },
      { kind: 'stage', in: [] },
      { kind: 'score', model: '', atLeast: Number.NaN },
    ],
  };
  const errors = fieldErrors(schemaErrors(conditionSchema, condition)).under('of');
  expect(errors.at('0.field')).toBe('Fill this in.');
  expect(errors.at('1.event')).toBe('Choose one.');
  expect(errors.at('1.atLeast')).toBe('Must be 1 or more.');
  expect(errors.at('2.in')).toBe('Add at least 1.');
  expect(errors.under('3').at('model')).toBe('Choose one.');
  expect(errors.at('3.atLeast')).toBe('Type a number.');
  expect(errors.within('1')).toBeDefined();
  expect(errors.at('1')).toBeUndefined();
  expect(errors.within('10')).toBeUndefined();
});

test('a missing number is asked for, a wrong one explained', () => {
  const at = (value: unknown, path: string) => fieldErrors(schemaErrors(countingSchema, value)).at(path);
  expect(at({ kind: 'at_most', times: undefined, perDays: 7 }, 'times')).toBe('Fill this in.');
  expect(at({ kind: 'at_most', times: 1.5, perDays: 7 }, 'times')).toBe('Type a whole number.');
  expect(at({ kind: 'at_most', times: 2, perDays: 1e9 }, 'perDays')).toBe(
    'Must be a hundred years (36,525 days) at most.',
  );
  const valid: Condition = { kind: 'label', label: 'VIP' };
  expect(schemaErrors(conditionSchema, valid)).toEqual([]);
});
