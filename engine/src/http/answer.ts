import { randomUUID } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { type z } from 'zod';
import { describeError, isUnavailable } from '../store/errors.ts';
import type { HttpDeps } from './deps.ts';
import { once, type Answer } from './idempotency.ts';
import { invalidRequest, Problem, problemDocument, problemOf, tooBusy } from './problem.ts';
import { checkDocument, checkText, parseJson, readBody } from './read-body.ts';
import { isByHttps, isFromThisMachine } from './origin.ts';
import type { Client, Route } from './route.ts';
import { callerOf, whoAsks } from './who.ts';

const defaultMaxBodyBytes = 1024 * 1024;

export interface AnswerOptions {
  /** Tests: an answer that does not fit its schema is an error. */
  checkResponses?: boolean;
}

/** Serves one request of a route: who asks, what they sent, what it does, what they get. */
export const answer =
  (route: Route, deps: HttpDeps, options: AnswerOptions) =>
  async (request: Request, response: Response): Promise<void> => {
    const started = performance.now();
    try {
      await serve(route, deps, options, request, response);
    } catch (error) {
      sendProblem(error, deps, request, response);
    } finally {
      const labels = { route: route.path, method: route.method, status: String(response.statusCode) };
      deps.metrics.requests.observe(labels, (performance.now() - started) / 1000);
    }
  };

const serve = async (
  route: Route,
  deps: HttpDeps,
  options: AnswerOptions,
  request: Request,
  response: Response,
): Promise<void> => {
  const announced = Number(request.headers['content-length'] ?? 0) || defaultMaxBodyBytes / 4;
  const early = route.keyInBody ? null : await whoAsks(route, deps, request, null);
  const weight = route.permission === 'ingest' ? announced : 0;
  const refusal = weight > 0 ? await deps.pressure.enter(weight) : null;
  if (refusal) {
    request.resume();
    deps.metrics.refusals.inc({ cause: refusal.cause });
    throw tooBusy(refusal.reason, refusal.retryAfterSeconds);
  }
  try {
    const raw = route.body ? await readBody(request, route.maxBodyBytes ?? defaultMaxBodyBytes) : Buffer.alloc(0);
    // A sender without a key gets no parsing for it, except where the key may be inside.
    const parsed = raw.length > 0 ? parseJson(raw) : undefined;
    const { principal, cookies } = early ?? (await whoAsks(route, deps, request, keyInside(parsed)));
    const client = clientOf(route, deps, request, response);
    client.setCookies(cookies);
    // Events are checked one by one by their own reader.
    if (route.permission !== 'ingest') checkDocument(parsed);
    const input = {
      params: read(route.params, request.params, 'params'),
      query: read(route.query, request.query, 'query'),
      body: read(route.body, parsed, 'body'),
      principal,
      client,
      now: deps.clock.now(),
    };
    const work = async (): Promise<Answer> => ({ status: route.status ?? 200, body: await route.handle(input, deps) });
    const key = request.headers['idempotency-key'];
    const result =
      typeof key === 'string' &&
      key !== '' &&
      principal &&
      route.method !== 'get' &&
      route.permission !== 'ingest' &&
      !route.secret
        ? await once(
            deps.store.pool,
            {
              caller: principal.id,
              key,
              fingerprint: `${request.method} ${request.originalUrl}\n${raw.toString('utf8')}`,
            },
            work,
          )
        : { ...(await work()), replayed: false };
    if (options.checkResponses) route.response.parse(result.body);
    if (result.replayed) response.setHeader('idempotent-replay', 'true');
    send(route, response, result);
  } finally {
    if (weight > 0) deps.pressure.leave(weight);
  }
};

const send = (route: Route, response: Response, { status, body }: Answer): void => {
  response.status(status).setHeader('cache-control', 'no-store');
  if (body instanceof Readable) stream(route, response, body);
  else if (status === 204) response.end();
  else if (route.produces) response.setHeader('content-type', route.produces).end(String(body));
  else response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(body));
};

/** Goes on until either end has enough. */
const stream = (route: Route, response: Response, body: Readable): void => {
  if (response.req.method === 'HEAD' || response.destroyed) {
    body.destroy();
    response.end();
    return;
  }
  // Proxies are to hand every piece on at once, as it is.
  response
    .setHeader('content-type', route.produces ?? 'application/octet-stream')
    .setHeader('cache-control', 'no-store, no-transform')
    .setHeader('x-accel-buffering', 'no')
    .flushHeaders();
  // That a reader went away is no error.
  pipeline(body, response, () => undefined);
};

const clientOf = (route: Route, deps: HttpDeps, request: Request, response: Response): Client => ({
  ...callerOf(request),
  lastEventId: request.get('last-event-id') ?? null,
  again: async () => {
    try {
      return (await whoAsks(route, deps, request, null, { fresh: true })).principal;
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  },
  isThisMachine: isFromThisMachine(request),
  setCookies: (cookies) => {
    const attribute = isByHttps(request, deps.publicUrl) ? '; Secure' : '';
    for (const cookie of cookies) response.append('set-cookie', cookie + attribute);
  },
});

const keyInside = (body: unknown): string | null =>
  body !== null &&
  typeof body === 'object' &&
  'writeKey' in body &&
  typeof body.writeKey === 'string' &&
  body.writeKey !== ''
    ? body.writeKey
    : null;

const read = (schema: z.ZodType | undefined, value: unknown, part: 'params' | 'query' | 'body'): unknown => {
  if (!schema) return undefined;
  if (part !== 'body')
    for (const [name, text] of Object.entries(value ?? {}))
      if (typeof text === 'string') checkText(text, `${part}.${name}`);
  const result = schema.safeParse(value);
  if (!result.success) throw invalidRequest(result.error, part);
  return result.data;
};

/** The one place where errors become answers. What nobody foresaw is logged whole and told with a number only. */
export const sendProblem = (
  error: unknown,
  deps: Pick<HttpDeps, 'logger'>,
  request: Request,
  response: Response,
): void => {
  let problem = problemOf(error);
  if (isUnavailable(error))
    deps.logger.warn({ path: request.path, error: describeError(error) }, 'the database is unavailable');
  if (!problem) {
    const incident = randomUUID();
    deps.logger.error(
      {
        incident,
        method: request.method,
        path: request.path,
        error: describeError(error),
        stack: error instanceof Error ? error.stack : undefined,
      },
      'request failed',
    );
    problem = new Problem(500, 'unexpected', `Something went wrong on our side. It is logged as incident ${incident}.`);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  response
    .status(problem.status)
    .setHeader('content-type', 'application/problem+json; charset=utf-8')
    .setHeader('cache-control', 'no-store')
    .end(JSON.stringify(problemDocument(problem)));
};
