export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Learns the encoding of a text from its bytes, piece by piece: a byte order mark says; else UTF-8 when every byte is valid
 * UTF-8; else windows-1252, which is what spreadsheets of western Europe and the Americas save.
 */
export class EncodingFinder {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #marked: Encoding | undefined;
  #valid = true;
  #started = false;

  add(chunk: Uint8Array): void {
    if (!this.#started) this.#marked = markOf(chunk);
    this.#started = true;
    this.#valid &&= decodes(this.#utf8, chunk, true);
  }

  /** Of a text that ends here; `cut` when it goes on, so that half a character at the end says nothing. */
  found({ cut = false } = {}): Encoding {
    const valid = this.#valid && (cut || decodes(this.#utf8, new Uint8Array(), false));
    return this.#marked ?? (valid ? 'utf-8' : 'windows-1252');
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
  return undefined;
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
