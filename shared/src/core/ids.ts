/**
 * Ids derived from causes: the same cause gives the same id in every driver. MurmurHash3 (the 128-bit variant for x86,
 * Austin Appleby, public domain) over UTF-16 units, written as a UUID so that databases keep it in 16 bytes. Not
 * cryptographic: causes are the product's own strings.
 */
export const derivedId = (cause: string): string => idOf(digest(cause));

/** Pieces of a cause, read so far. What many causes begin with is read once, and no text is joined only to be read. */
export interface Digest {
  readonly h1: number;
  readonly h2: number;
  readonly h3: number;
  readonly h4: number;
}

const nothing: Digest = { h1: 0, h2: 0, h3: 0, h4: 0 };

/** Reads one more piece. Where a piece ends counts: `a` then `bc` is another cause than `ab` then `c`. */
export const digest = (piece: string, before: Digest = nothing): Digest => {
  if (piece === '') return before;
  let { h1, h2, h3, h4 } = before;
  const { length } = piece;
  let at = 0;
  for (; at + unitsOfBlock <= length; at += unitsOfBlock) {
    h1 = (Math.imul(turned(h1 ^ mixed1(pairAt(piece, at)), 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 = (Math.imul(turned(h2 ^ mixed2(pairAt(piece, at + 2)), 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 = (Math.imul(turned(h3 ^ mixed3(pairAt(piece, at + 4)), 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 = (Math.imul(turned(h4 ^ mixed4(pairAt(piece, at + 6)), 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  // The last, incomplete block reads as if zeros followed; the length, mixed in after it, tells it from a whole one.
  h1 = Math.imul(turned(h1 ^ mixed1(lastPairAt(piece, at)), 19) + h2, 5);
  h2 = Math.imul(turned(h2 ^ mixed2(lastPairAt(piece, at + 2)), 17) + h3, 5);
  h3 = Math.imul(turned(h3 ^ mixed3(lastPairAt(piece, at + 4)), 15) + h4, 5);
  h4 = Math.imul(turned(h4 ^ mixed4(lastPairAt(piece, at + 6)), 13) + h1, 5);
  return { h1: h1 ^ length, h2: h2 ^ length, h3: h3 ^ length, h4: h4 ^ length };
};

/** Reads a whole number from 0 to 2^31 as one more piece. */
export const numbered = (count: number, { h1, h2, h3, h4 }: Digest): Digest => {
  const mixed = mixed1(count + 1);
  return {
    h1: Math.imul(turned(h1 ^ mixed, 19) + h2, 5),
    h2: Math.imul(turned(h2 ^ mixed, 17) + h3, 5),
    h3: Math.imul(turned(h3 ^ mixed, 15) + h4, 5),
    h4: Math.imul(turned(h4 ^ mixed, 13) + h1, 5),
  };
};

const unitsOfBlock = 8;

const turned = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
const mixed1 = (word: number): number => Math.imul(turned(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
const mixed2 = (word: number): number => Math.imul(turned(Math.imul(word, 0xab0e9789), 16), 0x38b34ae5);
const mixed3 = (word: number): number => Math.imul(turned(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93);
const mixed4 = (word: number): number => Math.imul(turned(Math.imul(word, 0xa1e38b93), 18), 0x239b961b);

const pairAt = (text: string, at: number): number => text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
const lastPairAt = (text: string, at: number): number => {
  if (at + 1 < text.length) return pairAt(text, at);
  return at < text.length ? text.charCodeAt(at) : 0;
};

/** The id of the cause that was read. */
export const idOf = (read: Digest): string => {
  let { h1, h2, h3, h4 } = read;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h3 = avalanche(h3);
  h4 = avalanche(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  return uuid(h1, h2 + h1, h3 + h1, h4 + h1);
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
