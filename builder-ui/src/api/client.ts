/** What went wrong with a request, in words for people. `code` is the API's; `offline` when nothing answered. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** Where in the request: a path, and what is wrong there. */
  readonly errors: readonly { path: string; message: string; code?: string }[];

  constructor(
    status: number,
    code: string,
    message: string,
    errors: readonly { path: string; message: string; code?: string }[] = [],
  ) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** Told whenever an answer says that nobody is signed in (any more). */
type SessionEnded = () => void;
let sessionEnded: SessionEnded = () => undefined;
export const onSessionEnded = (tell: SessionEnded): void => {
  sessionEnded = tell;
};

export type QueryValue = string | number | boolean | null | undefined;

const withQuery = (path: string, query: Record<string, QueryValue> = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0
    ? path
    : `${path}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
};

const request = async <Answer>(
  method: string,
  path: string,
  body?: unknown,
  also: { signal?: AbortSignal | undefined; key?: string | undefined } = {},
): Promise<Answer> => {
  const { signal, key } = also;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, 'offline', 'Ripen cannot be reached. Check the connection; what you typed is still here.');
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer; // The API answers as its contract says; its tests check that.
  throw await problemOf(response, path);
};

const problemOf = async (response: Response, path: string): Promise<ApiProblem> => {
  const said = (await response.json().catch(() => null)) as {
    code?: string;
    title?: string;
    detail?: string;
    errors?: { path: string; message: string; code?: string }[];
  } | null;
  const problem = new ApiProblem(
    response.status,
    said?.code ?? 'unexpected',
    said?.detail ?? said?.title ?? `The server answered ${response.status}.`,
    said?.errors ?? [],
  );
  if (response.status === 401 && !path.startsWith('/api/session') && !path.startsWith('/api/setup')) sessionEnded();
  return problem;
};

/** The API, by method. Answers are what the contract's schemas describe; problems are thrown as `ApiProblem`. */
export const api = {
  get: <Answer>(path: string, query?: Record<string, QueryValue>, signal?: AbortSignal): Promise<Answer> =>
    request('GET', withQuery(path, query), undefined, { signal }),
  /** With a key, the request is made in its name. */
  post: <Answer>(path: string, body: unknown = {}, key?: string): Promise<Answer> =>
    request('POST', path, body, { key }),
  put: <Answer>(path: string, body: unknown): Promise<Answer> => request('PUT', path, body),
  delete: <Answer = void>(path: string): Promise<Answer> => request('DELETE', path),
};

/** A sentence for any error. */
export const sentenceOf = (error: unknown): string =>
  error instanceof ApiProblem
    ? [error.message, ...error.errors.map(({ path, message }) => `${path}: ${message}`)].join(' ')
    : error instanceof Error
      ? error.message
      : 'Something went wrong.';
