import { expect, test } from 'vitest';
import { roundWords, scheduleHeading } from './words.ts';

test('a round says how many it told, whom it left, and why it did not run', () => {
  const round = { members: 0, told: 0, held: 0, error: null };
  expect(roundWords(round)).toBe('There was nobody whom it is about');
  expect(roundWords({ ...round, members: 1, told: 1 })).toBe('1 contact told to enter');
  expect(roundWords({ ...round, members: 3, told: 2, held: 1 })).toBe(
    '2 of 3 contacts told to enter; 1 contact left for the next time, because their history is being loaded',
  );
  expect(roundWords({ ...round, error: 'Skipped: busy.' })).toBe('Skipped: busy.');
  expect(scheduleHeading('every day at 02:00, UTC')).toBe('Every day at 02:00, UTC');
});
