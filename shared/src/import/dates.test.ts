import { expect, test } from 'vitest';
import { AmbiguousDate, dateReader, mixedDateReader } from './dates.ts';

test.each([
  ['iso', '2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['iso', '2026-03-01 09:30', '2026-03-01T09:30:00.000Z'],
  ['iso', '2026-03-01T09:30:15.25+02:00', '2026-03-01T07:30:15.250Z'],
  ['unix', '1767225600', '2026-01-01T00:00:00.000Z'],
  ['unix_ms', '1767225600001', '2026-01-01T00:00:00.001Z'],
  ['dd.MM.yyyy', '31.12.2025', '2025-12-31T00:00:00.000Z'],
  ['M/d/yyyy h:mm a', '3/7/2026 12:05 AM', '2026-03-07T00:05:00.000Z'],
  ['M/d/yyyy h:mm a', '3/7/2026 1:05 pm', '2026-03-07T13:05:00.000Z'],
  ['yyyy-MM-dd HH:mm:ss.SSS', '2026-03-07 23:59:59.999', '2026-03-07T23:59:59.999Z'],
])('%s reads %s', (format, text, moment) => {
  const at = dateReader(format)(text);
  expect(at === null ? null : new Date(at).toISOString()).toBe(moment);
});

test.each([
  ['iso', '2026-02-30'],
  ['iso', '01/02/2026'],
  ['iso', '2026-03-01T25:00'],
  ['iso', ''],
  ['unix', 'soon'],
  ['dd.MM.yyyy', '1.1.2026'],
  ['dd.MM.yyyy', '31.04.2026'],
  ['M/d/yyyy h:mm a', '3/7/2026 13:05 PM'],
])('%s does not read "%s"', (format, text) => {
  expect(dateReader(format)(text)).toBeNull();
});

test('dates without a zone are at the offset given', () => {
  expect(dateReader('yyyy-MM-dd', '+02:00')('2026-03-01')).toBe(Date.parse('2026-02-28T22:00:00Z'));
  expect(dateReader('iso', '-05:00')('2026-03-01T00:00Z')).toBe(Date.parse('2026-03-01T00:00:00Z'));
});

test('a format without a day is an error', () => {
  expect(() => dateReader('MM/yyyy')).toThrow('has no day');
  expect(() => dateReader('iso', '2 hours')).toThrow('offset');
});

test('dates of several formats are read; one that two formats read differently is not guessed', () => {
  const read = mixedDateReader(['M/d/yyyy', 'd/M/yyyy', 'dd.MM.yyyy']);
  const day = (text: string): string | null => {
    const at = read(text);
    return at === null ? null : new Date(at).toISOString().slice(0, 10);
  };
  expect(['3/14/2026', '14/3/2026', '14.03.2026', '3/3/2026', '2026-03-14'].map(day)).toEqual([
    '2026-03-14',
    '2026-03-14',
    '2026-03-14',
    '2026-03-03',
    null,
  ]);
  expect(() => read('3/4/2026')).toThrow(new AmbiguousDate('can be 2026-03-04 and 2026-04-03'));
});
