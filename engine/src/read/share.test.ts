import { describe, expect, test } from 'vitest';
import { countFromSample } from './share.ts';

describe('counting from a sample', () => {
  test('takes the share, with what it lies between', () => {
    expect(countFromSample(500, 5_000, 1_000_000)).toEqual({ count: 100_000, range: { from: 91_989, to: 108_626 } });
  });

  test('says at most how many there are where nobody was found', () => {
    expect(countFromSample(0, 50_000, 1_000_000)).toEqual({ count: 0, range: { from: 0, to: 77 } });
    expect(countFromSample(0, 0, 10)).toEqual({ count: 0, range: { from: 0, to: 10 } });
  });

  test('never says fewer than were seen, nor that those who were looked at are what they are not', () => {
    expect(countFromSample(3, 5, 6).range).toEqual({ from: 3, to: 4 });
    expect(countFromSample(4, 5, 4)).toEqual({ count: 4, range: { from: 4, to: 4 } });
  });

  test('holds 19 times in 20', () => {
    // Draws without a random number: a stretch of a fixed sequence that is spread evenly enough.
    const members = (n: number): boolean => ((n * 2_654_435_761) >>> 0) / 2 ** 32 < 0.003;
    const all = 200_000;
    const truth = Array.from({ length: all }, (_, n) => n).filter(members).length;
    let held = 0;
    for (let draw = 0; draw < 40; draw++) {
      const drawn = Array.from({ length: 5_000 }, (_, n) => draw * 5_000 + n).map((n) => (n * 7_919) % all);
      const { range } = countFromSample(drawn.filter(members).length, drawn.length, all);
      if (range.from <= truth && truth <= range.to) held++;
    }
    expect(held).toBeGreaterThanOrEqual(36);
  });
});
