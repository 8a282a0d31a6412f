import { expect, test } from 'vitest';
import { firstAsking, learnAsking } from './asking.ts';

/** Looks at lanes that apply `arrivals` each time, of which each asks for so many rows. */
const after = (steps: readonly (readonly [arrivals: number, perArrival: number])[]): number => {
  let asking = firstAsking;
  for (const [arrivals, perArrival] of steps) {
    const { applied, asked } = asking.seen;
    asking = learnAsking(asking, { applied: applied + arrivals, asked: asked + arrivals * perArrival });
  }
  return asking.perArrival;
};

test('a process that starts takes what lanes have ever done for what they do lately', () => {
  expect(after([[1_000_000, 0.01]])).toBeCloseTo(0.01);
});

test('senders that send something else are followed within seconds', () => {
  const before = [1_000_000, 0.01] as const;
  expect(after([before, [4_000, 1], [4_000, 1], [4_000, 1]])).toBeGreaterThan(0.9);
});

test('a handful of arrivals tells little', () => {
  expect(after([[20, 1]])).toBeLessThan(0.01);
});

test('lanes that rest, and lanes that were made anew, change nothing', () => {
  expect(
    after([
      [1_000_000, 0.01],
      [0, 0],
    ]),
  ).toBeCloseTo(0.01);
  const asking = { seen: { applied: 1_000_000, asked: 10_000 }, perArrival: 0.01 };
  expect(learnAsking(asking, { applied: 0, asked: 0 })).toEqual({ ...asking, seen: { applied: 0, asked: 0 } });
});
