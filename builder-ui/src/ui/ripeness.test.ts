import { expect, test } from 'vitest';
import { ripenessOf, ripenessOfStage } from './ripeness.ts';

test.each([
  [-5, 100, 1],
  [0, 100, 1],
  [24.9, 100, 1],
  [25, 100, 2],
  [50, 100, 3],
  [75, 100, 4],
  [100, 100, 5],
  [400, 100, 5],
  [10, 0, 1],
])('%d on the way to %d is step %d', (value, ripe, step) => {
  expect(ripenessOf(value, ripe)).toBe(step);
});

test('the last stage is ripe, the first of many is not', () => {
  expect([0, 1, 2, 3].map((index) => ripenessOfStage(index, 4))).toEqual([2, 3, 4, 5]);
  expect(ripenessOfStage(0, 1)).toBe(5);
});
