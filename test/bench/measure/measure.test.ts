import { expect, it } from 'vitest';
import { figureOf } from './figure.ts';
import { median, percentile } from './stats.ts';
import { tableOf } from './table.ts';

it('takes percentiles by the nearest rank, whatever the order', () => {
  const values = [5, 1, 4, 2, 3];
  expect([median(values), percentile(values, 0.99), percentile(values, 0)]).toEqual([3, 5, 1]);
  expect(() => median([])).toThrow('nothing');
});

it('says of each figure whether its aim is reached', () => {
  const input = { figure: 'speed', beside: 'snail', unit: 'm/s', measured: 3, besideMeasured: 2 };
  const okOf = (aim: Parameters<typeof figureOf>[0]['aim']) => figureOf({ ...input, aim }, 0).ok;
  expect(okOf({ atLeast: 1.5 })).toBe(true);
  expect(okOf({ atLeast: 1.6 })).toBe(false);
  expect(okOf({ atMost: 1.5 })).toBe(true);
  expect(okOf({ atMost: 1.4 })).toBe(false);
  expect(okOf(null)).toBeNull();
  expect(tableOf([figureOf({ ...input, aim: { atLeast: 2 } }, 0)])).toMatch(/speed +3 +m\/s +snail +2 +1\.5 +>= 2 +NO/);
});
