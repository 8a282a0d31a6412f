/**
 * Ids derived from causes: the same cause gives the same id in every driver. 128 bits of MurmurHash3 (x86, 128-bit
 * variant's mixing, Austin Appleby, public domain) over UTF-16 units, written as a UUID so that databases keep it in
 * 16 bytes. Not cryptographic: causes are the product's own strings.
 */
export const derivedId = (cause: string): string => idOf(digest(cause));

/** A cause read so far. What many causes begin with is read once, and no text is made only to be read: a third faster. */
export interface Digest {
  readonly h1: number;
  readonly h2: number;
  readonly h3: number;
  readonly h4: number;
}

// Small integers, as the mixing makes them: one kind of number in every digest.
const nothing: Digest = { h1: 0x9368e53c | 0, h2: 0x586dcd20, h3: 0x8a1b2c3d | 0, h4: 0x2f4e6d81 };

/** Reads on: `digest(b, digest(a))` is `digest(a + b)`. */
export const digest = (text: string, before: Digest = nothing): Digest => {
  let { h1, h2, h3, h4 } = before;
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597_399_067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2_869_860_233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951_274_213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2_716_044_179);
  }
  return { h1, h2, h3, h4 };
};

/** The id of the cause that was read. */
export const idOf = (read: Digest): string => {
  let { h1, h2, h3, h4 } = read;
  h1 = avalanche(h1 ^ (h3 >>> 18));
  h2 = avalanche(h2 ^ (h4 >>> 22));
  h3 = avalanche(h3 ^ (h1 >>> 17));
  h4 = avalanche(h4 ^ (h2 >>> 19));
  return uuid((h1 ^ h2 ^ h3 ^ h4) >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0);
};

/** A stable number in [0, 1) for splits: a hash, never chance. */
export const derivedFraction = (cause: string): number => parseInt(derivedId(cause).slice(0, 8), 16) / 0x1_0000_0000;

/** Contacts are spread over this many slots; lanes own ranges of them. */
export const slotCount = 256;

/** The slot of a contact: the first byte of its id's hash. */
export const slotOf = (contactId: string): number => parseInt(derivedId(contactId).slice(0, 2), 16);

const avalanche = (h: number): number => {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
};

const digit = (value: number): number => '0123456789abcdef'.charCodeAt(value);
/** Character codes of a byte's first and second hexadecimal digit. */
const first = Array.from({ length: 256 }, (_, byte) => digit(byte >>> 4));
const second = Array.from({ length: 256 }, (_, byte) => digit(byte & 15));
// Indexes are masked to a byte, so the look-ups cannot miss.
const hi = (word: number, shift: number): number => first[(word >>> shift) & 0xff] as number;
const lo = (word: number, shift: number): number => second[(word >>> shift) & 0xff] as number;
const dash = 45;

// One call that makes one flat text: joining pieces would leave a tree for whoever reads the id to flatten.
// prettier-ignore
const uuid = (a: number, b: number, c: number, d: number): string =>
  String.fromCharCode(
    hi(a, 24), lo(a, 24), hi(a, 16), lo(a, 16), hi(a, 8), lo(a, 8), hi(a, 0), lo(a, 0), dash,
    hi(b, 24), lo(b, 24), hi(b, 16), lo(b, 16), dash,
    hi(b, 8), lo(b, 8), hi(b, 0), lo(b, 0), dash,
    hi(c, 24), lo(c, 24), hi(c, 16), lo(c, 16), dash,
    hi(c, 8), lo(c, 8), hi(c, 0), lo(c, 0),
    hi(d, 24), lo(d, 24), hi(d, 16), lo(d, 16), hi(d, 8), lo(d, 8), hi(d, 0), lo(d, 0),
  );
