import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { csvTable, decoded, EncodingFinder, type CsvOptions, type CsvTable, type Encoding } from '@ripen/shared/import';
import { CliError, sentenceOf } from '../cli-error.ts';

export interface TextFile {
  path: string;
  /** SHA-256 of the bytes: what ids of its rows are derived from. */
  hash: string;
  bytes: number;
  encoding: Encoding;
}

/** Reads a file once to hash it and to learn its encoding, unless that is given. */
export const inspectTextFile = async (path: string, given?: Encoding): Promise<TextFile> => {
  const hash = createHash('sha256');
  const finder = new EncodingFinder();
  let bytes = 0;
  for await (const chunk of bytesOf(path)) {
    hash.update(chunk);
    finder.add(chunk);
    bytes += chunk.length;
  }
  return { path, hash: hash.digest('hex'), bytes, encoding: given ?? finder.found() };
};

/** The file's text in pieces, without its byte order mark. */
export const decodedText = (file: Pick<TextFile, 'path' | 'encoding'>): AsyncGenerator<string> =>
  decoded(bytesOf(file.path), file.encoding);

/** Opens a CSV file. Ragged rows and broken quotes come back as rows with a reason; the rest goes on. */
export const openCsv = (file: TextFile, options: CsvOptions = {}): Promise<CsvTable> =>
  csvTable(() => decodedText(file), options);

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>; // Without an encoding set it gives buffers.
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${sentenceOf(error)}.`);
  }
}
