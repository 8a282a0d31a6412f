import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { decoded, EncodingFinder, whyNoText, type Encoding } from '@ripen/shared/import';

/** So much is read at once: little enough that the page answers meanwhile. */
const sliceBytes = 256 * 1024;
/** What the encoding of a preview is told from. */
const sniffBytes = 256 * 1024;

/** A file in slices, so that it never is in memory whole. Throws what the browser says when it cannot be read. */
export async function* bytesOf(
  file: Blob,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += sliceBytes) {
    const slice = new Uint8Array(await file.slice(at, at + sliceBytes).arrayBuffer());
    yield slice;
    onRead(Math.min(at + sliceBytes, file.size));
  }
}

export interface FileMark {
  /** SHA-256 of the bytes in hex: the same as the command's, so that a file sent by both counts once. */
  hash: string;
  encoding: Encoding;
  /** Places of it cannot be read in that encoding. */
  damaged: boolean;
}

/** Reads a file once for its hash and encoding. */
export const markOf = async (
  file: Blob,
  { onRead, signal }: { onRead: (bytes: number) => void; signal: AbortSignal },
): Promise<FileMark> => {
  const hash = sha256.create();
  const finder = new EncodingFinder();
  for await (const chunk of bytesOf(file, onRead)) {
    signal.throwIfAborted();
    hash.update(chunk);
    finder.add(chunk);
  }
  const encoding = finder.found();
  return { hash: bytesToHex(hash.digest()), encoding, damaged: finder.damages(encoding) };
};

/** Why a file cannot be read as text, as the end of a sentence; null when it can. */
export const whyNoTextIn = async (file: Blob): Promise<string | null> =>
  whyNoText(new Uint8Array(await file.slice(0, 16).arrayBuffer()));

/** The file's beginning as text, and whether there is more: for guesses and previews. */
export const beginningOf = async (file: Blob): Promise<{ text: string; cut: boolean; damaged: boolean }> => {
  const bytes = new Uint8Array(await file.slice(0, sniffBytes).arrayBuffer());
  const finder = new EncodingFinder();
  finder.add(bytes);
  const cut = file.size > bytes.length;
  let text = '';
  const encoding = finder.found({ cut });
  for await (const piece of decoded(once(bytes), encoding)) text += piece;
  // The last line may be half a line.
  const whole = cut ? text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) : text;
  return { text: whole, cut, damaged: finder.damages(encoding) };
};

export async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

export const hashOfText = (text: string): string => bytesToHex(sha256(new TextEncoder().encode(text)));
