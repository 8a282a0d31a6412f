import { expect, test } from 'vitest';
import { dueByDue } from './due-by-due.ts';

/** Ticks as long as `next` names a due; returns the moments that fell. */
const fallen = (dues: (number | null)[], until: number, most = Infinity): number[] => {
  const moments: number[] = [];
  dueByDue(
    () => ({ nextDueAt: dues[0] ?? null }),
    until,
    (due) => {
      moments.push(due);
      dues.shift();
      return moments.length < most;
    },
  );
  return moments;
};

test('dues fall one by one, in their order, up to the moment', () => {
  expect(fallen([10, 20, 30], 20)).toEqual([10, 20]);
});

test('an answer that makes something else due at the same instant does not put off what comes later', () => {
  expect(fallen([10, 10, 5, 20], 30)).toEqual([10, 10, 5, 20]);
});

test('a due of which nothing comes, or that comes back for ever, is left to the next input', () => {
  expect(fallen([10, 20], 30, 1)).toEqual([10]);
  expect(fallen(new Array<number>(1_000).fill(10), 30)).toHaveLength(100);
});
