import { expect, test } from 'vitest';
import { heldSince, passingWords, startOf } from './run-words.ts';

const now = Date.parse('2026-05-04T12:34:56.789Z');

test.each([
  ['hour', '2026-05-04T11:34:00.000Z'],
  ['week', '2026-04-27T12:34:00.000Z'],
  ['2026-05-01', '2026-05-01T00:00:00.000Z'],
  ['nonsense', undefined],
  [undefined, undefined],
])('from "%s"', (from, start) => {
  expect(startOf(from, now)).toBe(start);
});

test('a held run says since when', () => {
  expect(
    [{ for: 'time', since: 1, until: 5, held: 3 }, { for: 'time', since: 1, until: 5 }, null].map(heldSince),
  ).toEqual([3, null, null]);
});

test('what is asked of a step that was passed', () => {
  const asked = [{}, { passing: 'through' }, { passing: 'undelivered' }, { port: 'timed_out' }];
  expect(asked.map((search) => passingWords('wait', search))).toEqual([
    'that came to the step wait',
    'that are through with the step wait',
    'with a message of the step wait that was not delivered',
    'that left the step wait by timed out',
  ]);
});
