import type { Fixture } from './fixture.ts';
import type { Answer, Call } from './support.ts';

/** How a route is shown to work, and to refuse. */
export interface Case {
  /** What works, and what its answer must show. */
  happy: (f: Fixture) => Call | Promise<Call>;
  shows?: (answer: Answer, f: Fixture) => void | Promise<void>;
  /** What is refused, with the status; null where nothing that can be sent is invalid. */
  invalid: ((f: Fixture) => [Call, number, string?]) | null;
}

export const nobody = '00000000-0000-4000-8000-00000000dead';
export const get = (path: string): Call => ({ path });
export const post = (path: string, body: unknown = {}): Call => ({ method: 'POST', path, body });
export const put = (path: string, body: unknown): Call => ({ method: 'PUT', path, body });
export const unknown =
  (path: string, method = 'GET') =>
  (): [Call, number, string] => [{ method, path, ...(method === 'POST' ? { body: {} } : {}) }, 404, 'not_found'];
export const bad =
  (call: Call, code = 'invalid_request', status = 400) =>
  (): [Call, number, string] => [call, status, code];
