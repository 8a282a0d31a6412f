import type { Request } from 'express';
import { allows } from '@ripen/shared';
import { keyFrom } from '../auth/authenticate.ts';
import type { Principal } from '../auth/principal.ts';
import type { Caller, Cookies } from '../auth/sessions.ts';
import type { HttpDeps } from './deps.ts';
import { isBrowser, originOf } from './origin.ts';
import { Problem } from './problem.ts';
import type { Route } from './route.ts';

/** Who asks, and what their client is to keep. */
export interface Asking {
  principal: Principal | null;
  cookies: Cookies;
}

const nobody: Asking = { principal: null, cookies: [] };

export const callerOf = (request: Request): Caller => ({
  cookies: request.headers.cookie,
  userAgent: request.headers['user-agent'],
  address: request.ip ?? '',
});

/**
 * Finds out who asks, by key or by session, and whether they may. `inside`: a key that the body holds. Throws a Problem:
 * 401 for nobody, 403 for somebody who may not, or for a page that is not ours.
 */
export const whoAsks = async (
  route: Route,
  deps: HttpDeps,
  request: Request,
  inside: string | null,
  options: { fresh?: boolean } = {},
): Promise<Asking> => {
  const { authorization } = request.headers;
  const key = keyFrom(authorization) ?? inside;
  const asking =
    key !== null || authorization !== undefined
      ? await byKey(route, deps, request, key)
      : await bySession(route, deps, request, options);
  const { principal } = asking;
  if (principal && !allows(principal.permissions, route.permission)) {
    const who = principal.is === 'key' ? `The key "${principal.name}"` : `The role ${principal.role}`;
    throw new Problem(403, 'forbidden', `${who} lacks the permission ${route.permission}.`);
  }
  return asking;
};

const byKey = async (route: Route, deps: HttpDeps, request: Request, key: string | null): Promise<Asking> => {
  const principal = key === null ? null : await deps.authenticator.principal(key);
  // Public routes may show more to those who say who they are.
  if (principal || route.permission === 'public') return { principal, cookies: [] };
  throw key === null
    ? nobodyAsks(request)
    : new Problem(401, 'key_unknown', 'The key is not known or was revoked.', challenge(request));
};

const bySession = async (
  route: Route,
  deps: HttpDeps,
  request: Request,
  options: { fresh?: boolean },
): Promise<Asking> => {
  const isPublic = route.permission === 'public';
  const origin = originOf(request, deps.publicUrl);
  // Events come from any website, by a key that everybody may see: there a session is for our own pages only.
  if (route.permission === 'ingest' && origin !== 'same') throw nobodyAsks(request);
  const isUnsafe = route.method !== 'get';
  if (isUnsafe && origin === 'other') throw elsewhere();
  const found = await deps.sessions.find(callerOf(request), options);
  if (typeof found === 'object') {
    if (isUnsafe && origin !== 'same') throw elsewhere();
    return { principal: found.person, cookies: found.cookies };
  }
  if (isPublic) return nobody;
  throw found === 'ended'
    ? new Problem(401, 'session_expired', 'You were signed out. Sign in again to go on.', challenge(request))
    : nobodyAsks(request);
};

const elsewhere = (): Problem =>
  new Problem(
    403,
    'cross_origin',
    'Changes by a signed-in browser are taken from pages of this address only. Programs send a key instead.',
  );

const nobodyAsks = (request: Request): Problem =>
  new Problem(
    401,
    'key_missing',
    isBrowser(request)
      ? 'Sign in to go on.'
      : 'Send a key, as "Authorization: Bearer <key>" or as the user of basic authentication.',
    challenge(request),
  );

const challenge = (request: Request): { headers: Record<string, string> } => ({
  headers: {
    'www-authenticate': isBrowser(request) ? 'Bearer realm="ripen"' : 'Bearer realm="ripen", Basic realm="ripen"',
  },
});
