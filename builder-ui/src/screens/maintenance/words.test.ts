import { expect, test } from 'vitest';
import { maintenanceProgramSchema } from '@ripen/shared';
import { noNames } from '../../fields/index.ts';
import { canGoOn, progressWords, runLook } from '../../rounds/words.ts';
import { programWords, runWords, whenWords } from './words.ts';

const program = maintenanceProgramSchema.parse({
  ...{ kind: 'maintenance_program', id: 'nightly', name: 'Nightly' },
  who: { kind: 'label', label: 'partner' },
  actions: [
    { type: 'set_field', field: 'rating', to: { kind: 'score', model: 'intent', part: 'behaviour' } },
    { type: 'remove_label', label: 'cold' },
  ],
  when: { every: 'week', on: ['fri', 'mon'], at: '02:30', zone: 'Europe/Berlin' },
});
const run = { status: 'completed' as const, members: 312, changed: 280, held: 0, error: null };

test('a program says what it does, for whom, and when', () => {
  expect(programWords(program, noNames)).toBe(
    'Set Rating to the score of Intent from behaviour, take off “cold”. For those of whom this is true: has the label “partner”.',
  );
  expect(programWords({ ...program, who: undefined }, noNames)).toMatch(/[.] For everybody[.]$/);
  expect(whenWords(program)).toBe('Every Monday, Friday at 02:30, Europe/Berlin');
  expect(whenWords({ ...program, enabled: false })).toBe('Every Monday, Friday at 02:30, Europe/Berlin (switched off)');
  expect(whenWords({ ...program, when: undefined })).toBe('By hand only');
});

test.each([
  [run, 'Done', '280 of 312 contacts changed', false],
  [{ ...run, changed: 0 }, 'Done', 'All 312 were as they should be', false],
  [{ ...run, members: 0, changed: 0 }, 'Done', 'Nobody to change', false],
  [
    { ...run, held: 2 },
    'Done',
    '280 of 312 contacts changed; 2 contacts left for the next run, because their history is being loaded',
    false,
  ],
  [{ ...run, status: 'cancelled' as const }, 'Stopped', '280 of 312 contacts changed', true],
  [{ ...run, status: 'cancelled' as const, error: 'The one before.' }, 'Skipped', 'The one before.', false],
  [{ ...run, status: 'failed' as const, error: 'No disk.' }, 'Failed', 'No disk.', true],
])('%o is %s', (one, word, words, goesOn) => {
  expect([runLook(one).word, runWords(one), canGoOn(one)]).toEqual([word, words, goesOn]);
});

test('how far it is, though more may have come since it was counted', () => {
  expect(progressWords({ done: 1_000, total: 12_000 })).toBe('1,000 of 12,000 looked at');
  expect(progressWords({ done: 12, total: 10 })).toBe('12 of 12 looked at');
  expect(progressWords({ done: 12, total: null })).toBe('12 looked at');
});
