import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { isPollutingKey } from '@ripen/shared';
import { Problem } from './problem.ts';

const inflaters = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const tooLarge = (maxBytes: number): Problem =>
  new Problem(413, 'too_large', `The body is larger than ${Math.floor(maxBytes / 1024)} KB.`, {
    headers: { connection: 'close' },
  });

/** Reads a body whole, inflated if it is compressed; neither form may exceed `maxBytes`. */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const raw = await readRaw(request, maxBytes);
  if (encoding === 'identity' || raw.length === 0) return raw;
  if (!Object.hasOwn(inflaters, encoding)) {
    throw new Problem(
      415,
      'unsupported_encoding',
      `The content encoding "${encoding.slice(0, 50)}" is not known; use gzip, deflate or br.`,
    );
  }
  try {
    // Checked just above.
    return await inflaters[encoding as keyof typeof inflaters](raw, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new Problem(400, 'invalid_encoding', `The body is not valid ${encoding}.`);
  }
};

const readRaw = async (request: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    request.resume();
    throw tooLarge(maxBytes);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Requests without an encoding set give buffers.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.resume();
        throw tooLarge(maxBytes);
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, 'aborted', 'The request ended before its body was complete.');
  }
  return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
};

/** Parses JSON; undefined for an empty body. */
export const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return undefined;
  const text = body.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    // The parser's sentence says where; what it quotes is the sender's own text.
    const said = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
    throw new Problem(400, 'malformed_json', `The body is not valid JSON: ${said}`);
  }
};

const maxDepth = 100;

/** Refuses what no document may hold: NUL characters, keys that reach into prototypes, bottomless nesting. */
export const checkDocument = (body: unknown): void => {
  const stack: { value: unknown; path: string; depth: number }[] = [{ value: body, path: 'body', depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string') checkText(value, path);
    if (value === null || typeof value !== 'object') continue;
    if (depth >= maxDepth) throw invalid(path, `is nested deeper than ${maxDepth} levels`);
    for (const [key, member] of Object.entries(value)) {
      if (isPollutingKey(key)) throw invalid(path, 'uses a reserved key (__proto__, constructor or prototype)');
      checkText(key, path);
      stack.push({ value: member, path: `${path}.${key.slice(0, 100)}`, depth: depth + 1 });
    }
  }
};

export const checkText = (text: string, path: string): void => {
  if (text.includes('\u0000')) throw invalid(path, 'contains a NUL character');
  if (!text.isWellFormed()) throw invalid(path, 'contains half of a character');
};

const invalid = (path: string, message: string): Problem =>
  new Problem(400, 'invalid_request', `The request is not valid: ${path} ${message}.`, { errors: [{ path, message }] });
