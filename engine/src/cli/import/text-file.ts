import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CliError, sentenceOf } from '../cli-error.ts';

export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

export interface TextFile {
  path: string;
  /** SHA-256 of the bytes: what ids of its rows are derived from. */
  hash: string;
  bytes: number;
  encoding: Encoding;
}

/**
 * Reads a file once to hash it and to learn its encoding: a byte order mark says; else UTF-8 when every byte is valid
 * UTF-8; else windows-1252, which is what spreadsheets of western Europe and the Americas save.
 */
export const inspectTextFile = async (path: string, given?: Encoding): Promise<TextFile> => {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let marked: Encoding | undefined;
  let valid = true;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      if (bytes === 0) marked = markOf(chunk);
      hash.update(chunk);
      bytes += chunk.length;
      valid &&= decodes(utf8, chunk, true);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  valid &&= decodes(utf8, new Uint8Array(), false);
  return { path, hash: hash.digest('hex'), bytes, encoding: given ?? marked ?? (valid ? 'utf-8' : 'windows-1252') };
};

/** The file's text in pieces, without its byte order mark. */
export async function* decodedText(file: Pick<TextFile, 'path' | 'encoding'>): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding);
  try {
    for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
    }
  } catch (error) {
    throw unreadable(file.path, error);
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
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

const unreadable = (path: string, error: unknown): CliError =>
  new CliError(`${path} cannot be read: ${sentenceOf(error)}.`);
