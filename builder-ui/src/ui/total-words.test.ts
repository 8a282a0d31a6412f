import { describe, expect, test } from 'vitest';
import { totalShort, totalWords } from './total-words.ts';

describe('how many there are', () => {
  test.each([
    [{ count: 1, exact: true }, '1 contact', '1'],
    [{ count: 0, exact: true }, '0 contacts', '0'],
    [{ count: 34_712, exact: false }, 'About 34,712 contacts', '≈ 34.7K'],
    [{ count: 34_712, exact: false, range: { from: 32_911, to: 36_544 } }, 'About 34,700 contacts', '≈ 34.7K'],
    [{ count: 50, exact: false, range: { from: 14, to: 183 } }, '14 to 190 contacts', '14–190'],
    [{ count: 1_000, exact: false, range: { from: 640, to: 1_562 } }, '640 to 1,600 contacts', '640–1,600'],
    [{ count: 0, exact: false, range: { from: 0, to: 74 } }, 'Fewer than 75 contacts', '< 75'],
    [{ count: 0, exact: false, range: { from: 0, to: 768 } }, 'Fewer than 770 contacts', '< 770'],
  ])('%o', (total, words, short) => {
    expect(totalWords(total, 'contact')).toBe(words);
    expect(totalShort(total)).toBe(short);
  });
});
