import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivedFraction, derivedId, digest, idOf, numbered, slotCount, slotOf } from './ids.ts';

const many = Array.from({ length: 200_000 }, (_, index) => `contact:user:user-${index}@example.com`);

describe('derived ids', () => {
  test('stay what they are: ledgers that were written hold them', () => {
    expect(derivedId('contact:user:u-1')).toMatchInlineSnapshot(`"3d7acf99-7728-aff6-2ed1-23e9ccd1bc1f"`);
    expect(derivedId('')).toMatchInlineSnapshot(`"00000000-0000-0000-0000-000000000000"`);
    expect(idOf(numbered(7, digest('b', digest('a'))))).toMatchInlineSnapshot(`"757fdc46-9615-82b3-e316-828fd453e741"`);
    expect(slotOf(derivedId('contact:user:u-1'))).toMatchInlineSnapshot(`205`);
    expect(derivedFraction('split|a|b')).toMatchInlineSnapshot(`0.015397071139886975`);
  });

  test('do not meet', () => {
    expect(new Set(many.map(derivedId)).size).toBe(many.length);
    const counted = many.slice(0, 1_000).flatMap((cause) => {
      const read = digest(cause);
      return Array.from({ length: 100 }, (_, count) => idOf(numbered(count, read)));
    });
    expect(new Set(counted).size).toBe(counted.length);
  });

  test('tell apart where pieces end, what is missing, and every single unit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), fc.nat(40), (text, at, other) => {
        const [first, second] = [text.slice(0, at), text.slice(at)];
        if (first !== '' && second !== '') expect(idOf(digest(second, digest(first)))).not.toBe(derivedId(text));
        expect(derivedId(`${text}\u0000`)).not.toBe(derivedId(text));
        const changed = [...text];
        changed[other] = changed[other] === 'a' ? 'b' : 'a';
        if (changed.join('') !== text) expect(derivedId(changed.join(''))).not.toBe(derivedId(text));
      }),
    );
  });

  test('spread contacts and splits evenly', () => {
    const slots = new Array<number>(slotCount).fill(0);
    for (const slot of many.map((cause) => slotOf(derivedId(cause)))) slots[slot] = (slots[slot] ?? NaN) + 1;
    const even = many.length / slotCount;
    // Four standard deviations and a half.
    for (const count of slots) expect(Math.abs(count - even)).toBeLessThan(4.5 * Math.sqrt(even));
    const below = many.filter((cause) => derivedFraction(cause) < 0.3).length / many.length;
    expect(Math.abs(below - 0.3)).toBeLessThan(0.005);
  });
});
