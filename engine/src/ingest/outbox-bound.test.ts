import { expect, test } from 'vitest';
import { firstOutboxMemory, judgeOutbox, type OutboxMemory } from './outbox-bound.ts';

/** A dispatcher that carries out 100 rows a second: 1,000 may wait. */
const options = { maxLagMs: 10_000, aliveMs: 20_000 };
const pace = { waiting: 0, expected: 0, perSecond: 100, carriedAgoMs: 500, oldestMs: 500 };
const nothingExcused: OutboxMemory = { excused: 0, refusingSinceMs: null };

test.each([
  ['as many as are carried out in time', { waiting: 1_000 }, 'ok', null],
  ['one more', { waiting: 1_001 }, 'behind', 1],
  ['three seconds more', { waiting: 1_300 }, 'behind', 3],
  ['minutes more: nobody is sent away for long', { waiting: 60_000 }, 'behind', 3],
  ['as many with those that are to come', { waiting: 300, expected: 700 }, 'ok', null],
  ['one more is to come', { waiting: 300, expected: 701 }, 'behind', 1],
  ['nothing waits yet, and too much is to come', { expected: 1_300 }, 'behind', 3],
  ['a slower Temporal', { waiting: 600, perSecond: 50 }, 'behind', 2],
  ['nobody knows yet how fast it goes', { waiting: 60_000, perSecond: null }, 'ok', null],
  [
    'nothing was ever carried out',
    { waiting: 60_000, perSecond: null, carriedAgoMs: null, oldestMs: 1e9 },
    'stalled',
    null,
  ],
  ['the dispatcher was idle and there is work now', { waiting: 60_000, carriedAgoMs: 1e9 }, 'ok', null],
  ['Temporal is away', { waiting: 60_000, carriedAgoMs: 30_000, oldestMs: 30_000 }, 'stalled', null],
  ['Temporal is away and nothing waits', { carriedAgoMs: 30_000, oldestMs: null }, 'ok', null],
] as const)('%s', (_case, reading, state, roomInSeconds) => {
  expect(judgeOutbox({ ...pace, ...reading }, nothingExcused, 0, options)).toMatchObject({ state, roomInSeconds });
});

/** Judges looks a second apart; says `yes` or `no` for each. */
const run = (looks: readonly (Partial<typeof pace> & { waiting: number })[], from = nothingExcused): string => {
  let memory = from;
  const said: string[] = [];
  for (const [second, look] of looks.entries()) {
    const judged = judgeOutbox({ ...pace, ...look }, memory, second * 1_000, options);
    memory = judged.memory;
    said.push(judged.roomInSeconds === null ? 'yes' : 'no');
  }
  return said.join(' ');
};

test('a burst is refused until there is room', () => {
  expect(run([900, 1_100, 1_050, 990, 1_010].map((waiting) => ({ waiting })))).toBe('yes no no yes no');
});

test('what an outage left may wait, but not grow, and no longer once it is carried out', () => {
  const away = { waiting: 50_000, carriedAgoMs: 60_000 };
  expect(run([away, ...[50_000, 49_900, 49_950, 49_900, 900, 1_100].map((waiting) => ({ waiting }))])).toBe(
    'yes yes yes no yes yes no',
  );
});

test('what an outage left counts with what was taken in meanwhile and is not applied yet', () => {
  const away = { waiting: 50_000, expected: 5_000, carriedAgoMs: 60_000 };
  const looks = [
    { waiting: 50_000, expected: 5_000 },
    { waiting: 54_800, expected: 100 },
    { waiting: 54_800, expected: 200 },
  ];
  expect(run([away, ...looks])).toBe('yes yes yes no');
});

test('what was there when the process started may wait, but not grow', () => {
  expect(run([{ waiting: 5_000 }, { waiting: 5_001 }, { waiting: 4_900 }], firstOutboxMemory)).toBe('yes no yes');
});

test('a backlog that refusing does not help, as of many clocks due at once, is excused after as long as the bound', () => {
  const storm = Array.from({ length: 14 }, (_, second) => ({ waiting: 100_000 - 100 * second }));
  expect(run(storm)).toBe(`${'no '.repeat(10)}yes yes yes yes`);
});

test('a Temporal that goes away in the middle of a burst soon refuses nothing', () => {
  const looks = [0, 5_000, 10_000, 20_000, 20_001, 60_000].map((carriedAgoMs, n) => ({
    waiting: 2_000 + n,
    carriedAgoMs,
  }));
  expect(run(looks)).toBe('no no no no yes yes');
});
