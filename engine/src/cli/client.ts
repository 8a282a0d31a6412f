import { setTimeout as pause } from 'node:timers/promises';
import { CliError, exitCodes, sentenceOf } from './cli-error.ts';
import type { Connection } from './connection.ts';

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with its headers; instead of `body`. */
  raw?: { bytes: Uint8Array; headers: Record<string, string> };
  auth: 'api' | 'write';
  /** The call may be sent again after a failure: it reads, or the server knows it by a key. */
  repeatable: boolean;
}

export interface Response {
  status: number;
  body: unknown;
}

export interface ClientOptions {
  /** How often a call that failed in passing (429, 502-504, no connection) is tried again. */
  attempts?: number;
  signal: AbortSignal;
  /** Told before each pause. */
  onRetry?: (why: string, waitMs: number) => void;
}

/** Longest pause before a retry, ms. */
const maxWaitMs = 60_000;

/** Calls the server. Answers from 400 on are CliErrors with the server's own words; passing failures are retried first. */
export class Client {
  readonly #connection: Connection;
  readonly #options: ClientOptions;

  constructor(connection: Connection, options: ClientOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  get url(): string {
    return this.#connection.url;
  }

  async call(request: Request): Promise<Response> {
    const attempts = request.repeatable ? (this.#options.attempts ?? 8) : 1;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#once(request);
      if (outcome.kind === 'answer') {
        if (outcome.response.status < 400) return outcome.response;
        throw problem(this.#connection.url, outcome.response);
      }
      if (attempt >= attempts) throw new CliError(outcome.sentence, exitCodes.server);
      const waitMs = Math.min(maxWaitMs, outcome.waitMs ?? 250 * 2 ** (attempt - 1));
      this.#options.onRetry?.(outcome.sentence, waitMs);
      await pause(waitMs, undefined, { signal: this.#options.signal });
    }
  }

  /** An answer as it comes, for what is too large to hold. Throws a CliError; nothing is repeated. */
  async stream(path: string): Promise<ReadableStream<Uint8Array>> {
    const request: Request = { method: 'GET', path, auth: 'api', repeatable: false };
    const { url } = this.#connection;
    let answer: globalThis.Response;
    try {
      answer = await fetch(url + path, { headers: this.#headers(request), signal: this.#options.signal });
    } catch (error) {
      this.#options.signal.throwIfAborted();
      throw new CliError(`The server at ${url} cannot be reached (${causeOf(error)}).`, exitCodes.server);
    }
    if (!answer.ok || !answer.body) throw problem(url, { status: answer.status, body: json(await answer.text()) });
    return answer.body;
  }

  async #once(
    request: Request,
  ): Promise<{ kind: 'answer'; response: Response } | { kind: 'again'; sentence: string; waitMs: number | null }> {
    const { url } = this.#connection;
    let answer: globalThis.Response;
    let text: string;
    try {
      answer = await fetch(url + request.path, {
        method: request.method,
        headers: this.#headers(request),
        body: bodyOf(request),
        signal: this.#options.signal,
      });
      text = await answer.text();
    } catch (error) {
      this.#options.signal.throwIfAborted();
      return {
        kind: 'again',
        sentence: `The server at ${url} cannot be reached (${causeOf(error)}). Is it running? Start it with \`npm start\`, or name another with --url.`,
        waitMs: null,
      };
    }
    if (answer.status === 429 || (answer.status >= 502 && answer.status <= 504)) {
      return {
        kind: 'again',
        sentence: `The server at ${url} is busy (${answer.status}) and stayed so. Try again later.`,
        waitMs: retryAfterMs(answer.headers.get('retry-after')),
      };
    }
    return { kind: 'answer', response: { status: answer.status, body: json(text) } };
  }

  #headers(request: Request): Record<string, string> {
    const key = request.auth === 'api' ? this.#connection.apiKey : this.#connection.writeKey;
    return {
      accept: 'application/json',
      // The tracking API's clients send the write key as the user of basic authentication.
      authorization: request.auth === 'api' ? `Bearer ${key}` : `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      ...(request.raw ? request.raw.headers : request.body === undefined ? {} : { 'content-type': 'application/json' }),
    };
  }
}

const bodyOf = (request: Request): Uint8Array<ArrayBuffer> | string | null => {
  // Buffers are views of bytes; fetch wants to know that they are not shared between threads.
  if (request.raw) return request.raw.bytes as Uint8Array<ArrayBuffer>;
  return request.body === undefined ? null : JSON.stringify(request.body);
};

/** Seconds, or a date. */
const retryAfterMs = (header: string | null): number | null => {
  if (header === null) return null;
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
};

const problem = (url: string, response: Response): CliError => {
  const body = response.body;
  const read = (name: string): string | undefined => {
    const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const said = read('detail') ?? read('title') ?? read('message');
  switch (response.status) {
    case 401:
      return new ServerProblem(
        `The server at ${url} does not accept the key. Pass another with --key or RIPEN_KEY.`,
        response,
      );
    case 403:
      return new ServerProblem(`The key is not permitted to do this${said ? `: ${said}` : '.'}`, response);
    default:
      return new ServerProblem(
        said
          ? `The server answered ${response.status}: ${said}`
          : `The server at ${url} answered ${response.status}. Is it Ripen?`,
        response,
      );
  }
};

/** An answer from 400 on. */
export class ServerProblem extends CliError {
  readonly response: Response;

  constructor(sentence: string, response: Response) {
    super(sentence, exitCodes.server);
    this.response = response;
  }
}

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return code ?? sentenceOf(cause);
};

const json = (text: string): unknown => {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
