import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whyOf } from './why.ts';

const line = (points: number, group: string | null = 'intent', kind: 'rule' | 'decay' = 'rule') => ({
  kind,
  cause: null,
  group,
  label: `${points}`,
  points,
});

const shownSum = (why: ReturnType<typeof whyOf>): number =>
  why.groups.flatMap(({ lines }) => lines).reduce((sum, { points }) => sum + Math.round(points * 10), 0) / 10;

describe('why a score is what it is', () => {
  test('thirds that round down are put right, so that they add up', () => {
    const why = whyOf({ score: 10, lines: [line(10 / 3), line(10 / 3), line(10 / 3)] });
    expect(why.groups[0]?.lines.map(({ points }) => points)).toEqual([3.4, 3.3, 3.3]);
    expect(why.score).toBe(10);
  });

  test('lines stand by group, the weightiest first, decay after what was earned', () => {
    const why = whyOf({
      score: 21.5,
      lines: [line(5), line(-8.5, 'intent', 'decay'), line(20), line(5, 'fit'), line(0, 'fit')],
    });
    expect(why.groups.map(({ id, points, lines }) => [id, points, lines.map((each) => each.points)])).toEqual([
      ['intent', 16.5, [20, 5, -8.5]],
      ['fit', 5, [5]],
    ]);
  });

  test('shown lines always add up to the shown score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50_000_000, max: 50_000_000 }), fc.constantFrom('a', 'b', null)), {
          minLength: 1,
          maxLength: 30,
        }),
        (parts) => {
          const lines = parts.map(([micro, group]) => line(micro / 1e6, group));
          const score = parts.reduce((sum, [micro]) => sum + micro, 0) / 1e6;
          const why = whyOf({ score, lines });
          expect(shownSum(why)).toBeCloseTo(why.score, 6);
        },
      ),
    );
  });
});
