import { STATUS_CODES } from 'node:http';
import type { Problem as DefinitionProblem, ProblemDocument } from '@ripen/shared';
import { type z } from 'zod';
import { InvalidDefinitionsError } from '../lanes/publish.ts';
import { InvalidRequestError } from '../read/invalid-request.ts';
import { ConflictError, isDataError, isOutOfRoom, isUnavailable, NotFoundError } from '../store/errors.ts';

export type ProblemItem = NonNullable<ProblemDocument['errors']>[number];

/** An error with its answer. Everything else that is thrown is turned into one by `problemOf`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: ProblemItem[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { errors?: ProblemItem[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }
}

export const notFound = (what: string, id: string): Problem =>
  new Problem(404, 'not_found', `There is no ${what} ${id}.`);

export const tooBusy = (detail: string, retryAfterSeconds: number): Problem =>
  new Problem(429, 'too_busy', detail, {
    headers: { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
  });

/** What zod found, as paths and sentences. `part` says where in the request it is: body, query, params. */
export const invalidRequest = (error: z.ZodError, part: string): Problem =>
  new Problem(400, 'invalid_request', `The request's ${part} is not valid.`, {
    errors: error.issues.slice(0, 100).map((issue) => ({
      path: [part, ...issue.path.map(String)].join('.'),
      message: issue.message,
      code: issue.code,
    })),
  });

/** An unpublishable set: each problem says document, node and path. */
export const invalidDefinitions = (errors: readonly ProblemItem[]): Problem =>
  new Problem(
    422,
    'invalid_definitions',
    `${errors.length === 1 ? 'One problem prevents' : `${errors.length} problems prevent`} publishing.`,
    { errors: errors.slice(0, 500) },
  );

const itemOf = ({ path = '', ...problem }: DefinitionProblem): ProblemItem => ({ ...problem, path });

/** Turns whatever was thrown into an answer. Null for what nobody foresaw: its text must not leave the process. */
export const problemOf = (error: unknown): Problem | null => {
  if (error instanceof Problem) return error;
  if (error instanceof NotFoundError) return new Problem(404, 'not_found', error.message);
  if (error instanceof ConflictError) return new Problem(409, 'conflict', error.message);
  if (error instanceof InvalidDefinitionsError) return invalidDefinitions(error.problems.map(itemOf));
  if (error instanceof InvalidRequestError) return new Problem(400, error.code, error.message);
  if (error instanceof URIError) return new Problem(400, 'invalid_request', 'The path is not valid percent-encoding.');
  if (isDataError(error)) return new Problem(400, 'invalid_value', 'The request holds a value that cannot be stored.');
  if (isUnavailable(error)) return unavailable(error);
  return null;
};

/** Clients send again what is answered so: nothing of the request was taken in. */
const unavailable = (error: unknown): Problem =>
  new Problem(
    503,
    'database_unavailable',
    isOutOfRoom(error)
      ? 'The database has no room left on its disk.'
      : 'The database does not answer. Try again shortly.',
    { headers: { 'retry-after': '2' } },
  );

export const problemDocument = (problem: Problem): ProblemDocument => ({
  type: `/api/docs#problem-${problem.code}`,
  title: STATUS_CODES[problem.status] ?? 'Error',
  status: problem.status,
  detail: problem.message,
  code: problem.code,
  ...(problem.errors ? { errors: problem.errors } : {}),
});
