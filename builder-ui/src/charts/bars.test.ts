import { expect, test } from 'vitest';
import { drawnBars, ticks } from './bars.ts';

const bars = (...counts: number[]) => counts.map((count, index) => ({ from: index, to: index + 1, count }));

test('bars reach up to the highest', () => {
  expect(drawnBars(bars(5, 10, 0)).map(({ height, cut }) => [height, cut])).toEqual([
    [0.5, false],
    [1, false],
    [0, false],
  ]);
  expect(drawnBars(bars(0, 0)).map(({ height }) => height)).toEqual([0, 0]);
});

test('a bar that would press the others flat is cut', () => {
  const [first, second, third] = drawnBars(bars(1_000, 100, 50));
  expect([first?.cut, first?.height, second?.cut]).toEqual([true, 1, false]);
  expect(second?.height).toBeCloseTo(1 / 1.35);
  expect((second?.height ?? 0) / (third?.height ?? 1)).toBeCloseTo(2);
  expect(drawnBars(bars(1_000, 0)).map(({ cut }) => cut)).toEqual([false, false]);
});

test.each([
  [0, 100, [0, 20, 40, 60, 80, 100]],
  [0, 365, [0, 100, 200, 365]],
  [-50, 50, [-50, -20, 0, 20, 50]],
  [0, 0, [0]],
])('an axis from %d to %d', (min, max, values) => {
  expect(ticks(min, max)).toEqual(values);
});
