import { expect, test } from 'vitest';
import { laidOut } from './lay-out.ts';

const boxOf = (id: string) => ({ id, width: 200, height: 60 });
const gap = { x: 40, y: 50 };

test('five thousand steps in a line stand below each other, and what nothing leads to below them', () => {
  const ids = Array.from({ length: 5_000 }, (_, n) => `s${n}`);
  const arrows = ids.slice(1).map((to, n) => ({ from: `s${n}`, to, port: 'next' }));
  const spots = laidOut({ boxes: [...ids, 'lost'].map(boxOf), arrows, gap });
  expect([spots['s0'], spots['s1'], spots['s4999'], spots['lost']]).toEqual(
    [0, 1, 4_999, 5_000].map((row) => ({ x: 0, y: row * 110 })),
  );
});

test('of many the branches of a step stand beside each other, and circles end', () => {
  const ids = Array.from({ length: 1_200 }, (_, n) => `s${n}`);
  const arrows = [
    { from: 's0', to: 's1', port: 'yes' },
    { from: 's0', to: 's2', port: 'no' },
    { from: 's2', to: 's0', port: 'next' },
  ];
  const spots = laidOut({ boxes: ids.map(boxOf), arrows, gap });
  expect([spots['s1'], spots['s2']]).toEqual([
    { x: -120, y: 110 },
    { x: 120, y: 110 },
  ]);
  expect(new Set(Object.values(spots).map(({ x, y }) => `${x} ${y}`)).size).toBe(ids.length);
});
