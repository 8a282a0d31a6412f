import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  csvTable,
  decoded,
  EncodingFinder,
  whyNoText,
  type CsvOptions,
  type CsvTable,
  type Encoding,
} from '@ripen/shared/import';
import { CliError, sentenceOf } from '../cli-error.ts';

export interface TextFile {
  path: string;
  /** SHA-256 of the bytes: what ids of its rows are derived from. */
  hash: string;
  bytes: number;
  encoding: Encoding;
  /** Places of it cannot be read in that encoding. */
  damaged: boolean;
}

/** Reads a file once to hash it and to learn its encoding, unless that is given. Throws for what is no text. */
export const inspectTextFile = async (path: string, given?: Encoding): Promise<TextFile> => {
  const hash = createHash('sha256');
  const finder = new EncodingFinder();
  let bytes = 0;
  for await (const chunk of bytesOf(path)) {
    const why = bytes === 0 ? whyNoText(chunk) : null;
    if (why !== null) throw new CliError(`${path} ${why}`);
    hash.update(chunk);
    finder.add(chunk);
    bytes += chunk.length;
  }
  const found = finder.found();
  const encoding = given ?? found;
  return { path, hash: hash.digest('hex'), bytes, encoding, damaged: finder.damages(encoding) };
};

/** The file's text in pieces, without its byte order mark. */
export const decodedText = (file: Pick<TextFile, 'path' | 'encoding'>): AsyncGenerator<string> =>
  decoded(bytesOf(file.path), file.encoding);

/** Opens a CSV file. Ragged rows and broken quotes come back as rows with a reason; the rest goes on. */
export const openCsv = (file: TextFile, options: CsvOptions = {}): Promise<CsvTable> =>
  csvTable(() => decodedText(file), { ...options, damaged: file.damaged });

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>; // Without an encoding set it gives buffers.
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${sentenceOf(error)}.`);
  }
}
