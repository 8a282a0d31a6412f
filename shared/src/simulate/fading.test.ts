import { expect, test } from 'vitest';
import { scoreModelSchema } from '../model/score-model.ts';
import { dayBelow, fading } from './fading.ts';

const model = scoreModelSchema.parse({ kind: 'model', id: 'fit', name: 'Fit' });
const scoresOn = (curve: ReturnType<typeof fading>, days: number[]): (number | undefined)[] =>
  days.map((day) => curve?.[day]?.score);

test('without decay points stay', () => {
  const curve = fading(model, 80);
  expect(scoresOn(curve, [0, 100, 365])).toEqual([80, 80, 80]);
  expect(dayBelow(curve ?? [], 0.5)).toBeNull();
});

test('silence takes steps down to the floor', () => {
  const decay = { afterDays: 60, everyDays: 30, by: { kind: 'points' as const, points: 30 }, floor: 10 };
  const curve = fading({ ...model, decay }, 80);
  expect(scoresOn(curve, [59, 60, 89, 90, 120, 365])).toEqual([80, 50, 50, 20, 10, 10]);
  expect(dayBelow(curve ?? [], 0.5)).toBe(90);
});

test('a half-life halves, a window ends, caps and clamp of the sheet do not matter', () => {
  const curve = fading({ ...model, halfLifeDays: 100, windowDays: 200, clamp: { min: 0, max: 10 } }, 80);
  expect(scoresOn(curve, [0, 100, 199, 200])).toEqual([80, 40, expect.closeTo(20.139, 2), 0]);
});

test('unfinished settings have no curve', () => {
  const decay = { afterDays: undefined as unknown as number, by: { kind: 'points' as const, points: 30 }, floor: 0 };
  expect(fading({ ...model, decay: { ...decay, afterDays: Number.NaN } }, 80)).toBeNull();
  expect(fading(model, Number.NaN)).toBeNull();
});
