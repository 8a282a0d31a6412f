export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

/** For one sequence that is UTF-8 so many bytes may be none: text of one byte per character has next to no such sequences. */
const badPerGood = 20;
const unread = '\uFFFD';

/**
 * Learns the encoding of a text from its bytes, piece by piece: a byte order mark says, or zeros in every other place; else
 * UTF-8 when its umlauts are valid UTF-8; else windows-1252, which is what spreadsheets of western Europe and the Americas save.
 */
export class EncodingFinder {
  readonly #utf8 = new TextDecoder('utf-8');
  readonly #strict = new TextDecoder('utf-8', { fatal: true });
  #valid = true;
  #marked: Encoding | undefined;
  #started = false;
  /** Bytes that go on a character, and places that are not UTF-8. */
  #good = 0;
  #bad = 0;

  add(chunk: Uint8Array): void {
    if (!this.#started) this.#marked = markOf(chunk) ?? unmarkedWide(chunk);
    this.#started = true;
    this.#valid &&= decodes(this.#strict, chunk, true);
    this.#count(chunk.length, this.#utf8.decode(chunk, { stream: true }));
  }

  /** Of a text that ends here; `cut` when it goes on, so that half a character at the end says nothing. */
  found({ cut = false } = {}): Encoding {
    if (!cut) {
      this.#valid &&= decodes(this.#strict, new Uint8Array(), false);
      this.#count(0, this.#utf8.decode());
    }
    if (this.#valid) return this.#marked ?? 'utf-8';
    return this.#marked ?? (this.#bad > this.#good * badPerGood ? 'windows-1252' : 'utf-8');
  }

  /** Whether reading it as `encoding` leaves places unread: their rows hold U+FFFD, and what stood there is not known. */
  damages(encoding: Encoding): boolean {
    return encoding !== 'windows-1252' && (encoding !== 'utf-8' || !this.#valid);
  }

  #count(bytes: number, text: string): void {
    for (let at = text.indexOf(unread); at >= 0; at = text.indexOf(unread, at + 1)) this.#bad++;
    this.#good += Math.max(0, bytes - text.length);
  }
}

const decodes = (decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array, more: boolean): boolean => {
  try {
    decoder.decode(chunk, { stream: more });
    return true;
  } catch {
    // The decoder throws on the first byte that is not UTF-8, which is the answer.
    return false;
  }
};

const markOf = (chunk: Uint8Array): Encoding | undefined => {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 'utf-8' : undefined;
};

/** UTF-16 whose mark was lost: nearly every other byte of western text is zero. */
const unmarkedWide = (chunk: Uint8Array): Encoding | undefined => {
  const zeros = [0, 0];
  const looked = Math.min(chunk.length, 4_096) & ~1;
  for (let at = 0; at < looked; at++) if (chunk[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > looked * 0.3 && even < looked * 0.1) return 'utf-16le';
  return even > looked * 0.3 && odd < looked * 0.1 ? 'utf-16be' : undefined;
};

const signatures: readonly { bytes: readonly number[]; is: string; remedy: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: 'a spreadsheet or an archive', remedy: 'Save it as CSV, or unpack it' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old spreadsheet', remedy: 'Save it as CSV' },
  { bytes: [0x1f, 0x8b], is: 'compressed', remedy: 'Unpack it' },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', remedy: 'Export it as CSV where it comes from' },
];

/** Why bytes cannot be a text, from the first of them: `is a PDF. Export it ...`; null when they may be one. */
export const whyNoText = (beginning: Uint8Array): string | null => {
  const found = signatures.find(({ bytes }) => bytes.every((byte, index) => beginning[index] === byte));
  return found ? `is ${found.is}, whatever its name says. ${found.remedy}, and import that file.` : null;
};

/** Bytes as text, without a byte order mark. */
export async function* decoded(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
