import {
  allows,
  noContentSchema,
  passwordBodySchema,
  sessionSchema,
  setupBodySchema,
  signInBodySchema,
  type SessionState,
} from '@ripen/shared';
import { hasPeople, setUp } from '../../auth/people.ts';
import type { PersonPrincipal, Principal } from '../../auth/principal.ts';
import type { HttpDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { route, type Client, type Route } from '../route.ts';

const tag = 'People' as const;
/** Nothing longer is a name, an address and a password. */
const maxBodyBytes = 16 * 1024;

/** The first visitor becomes the admin only where nobody but this machine can be that visitor. */
const setupKeyNeeded = (deps: HttpDeps, client: Client): boolean => !(deps.openStatus && client.isThisMachine);

const shown = ({ id, name, email, role, permissions }: PersonPrincipal): SessionState['person'] => ({
  id,
  name,
  email,
  role,
  permissions: [...permissions],
});

const stateOf = async (deps: HttpDeps, client: Client, principal: Principal | null): Promise<SessionState> => {
  const person = principal?.is === 'person' ? shown(principal) : null;
  const setupNeeded = person === null && !(await hasPeople(deps.store.pool));
  return { setupNeeded, setupKeyNeeded: setupNeeded && setupKeyNeeded(deps, client), person };
};

const signIn = async (
  deps: HttpDeps,
  client: Client,
  who: { email: string; password: string },
): Promise<SessionState> => {
  const result = await deps.sessions.signIn(client, who);
  if (result.outcome === 'limited') throw tooManyAttempts(result.retryAfterSeconds);
  if (result.outcome === 'refused')
    // The same for an address that nobody has: who has an account is nobody else's business.
    throw new Problem(401, 'sign_in_refused', 'The e-mail address or the password is not right.');
  client.setCookies(result.cookies);
  return stateOf(deps, client, result.person);
};

const tooManyAttempts = (seconds: number): Problem =>
  new Problem(
    429,
    'too_many_attempts',
    `Too many passwords were tried. Try again in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`}.`,
    { headers: { 'retry-after': String(seconds) } },
  );

export const sessionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/session',
    permission: 'public',
    tag,
    summary: 'Who is signed in, and whether the installation has to be set up',
    response: sessionSchema,
    handle: ({ principal, client }, deps) => stateOf(deps, client, principal),
  }),
  route({
    method: 'post',
    path: '/api/setup',
    permission: 'public',
    tag,
    summary: 'Make the first person, an admin, and sign in',
    description:
      'Only while there is nobody. Where others than this machine can reach the API it also takes a key with the permission `admin`: the first start wrote one to `keys.json`.',
    body: setupBodySchema,
    response: sessionSchema,
    status: 201,
    secret: true,
    maxBodyBytes,
    handle: async ({ body, principal, client }, deps) => {
      const isAdmin = principal !== null && allows(principal.permissions, 'admin');
      if (setupKeyNeeded(deps, client) && !isAdmin)
        throw new Problem(
          403,
          'setup_key_needed',
          'Setting up takes the admin key, because others than this machine can reach the API. The first start wrote it to keys.json in the data folder.',
        );
      const { password, ...person } = body;
      await setUp(deps.store, { ...person, passwordHash: await deps.sessions.hashPassword(password) });
      return signIn(deps, client, body);
    },
  }),
  route({
    method: 'post',
    path: '/api/session',
    permission: 'public',
    tag,
    summary: 'Sign in',
    description:
      'Sets the cookie of a session, which lasts until nothing was asked with it for two weeks. After too many attempts 429 says how long to wait.',
    body: signInBodySchema,
    response: sessionSchema,
    secret: true,
    maxBodyBytes,
    handle: ({ body, client }, deps) => signIn(deps, client, body),
  }),
  route({
    method: 'delete',
    path: '/api/session',
    permission: 'public',
    tag,
    summary: 'Sign out',
    description: 'Nothing happens when nobody is signed in.',
    response: noContentSchema,
    status: 204,
    handle: async ({ client }, deps) => {
      client.setCookies(await deps.sessions.signOut(client));
      return null;
    },
  }),
  route({
    method: 'put',
    path: '/api/session/password',
    permission: 'signed-in',
    tag,
    summary: "Change one's own password",
    description: 'Every other session of the person ends.',
    body: passwordBodySchema,
    response: noContentSchema,
    status: 204,
    secret: true,
    maxBodyBytes,
    handle: async ({ body, principal, client }, deps) => {
      if (principal?.is !== 'person') throw new Problem(422, 'no_person', 'A key has no password to change.');
      const result = await deps.sessions.changePassword(client, principal, body);
      if (result.outcome === 'limited') throw tooManyAttempts(result.retryAfterSeconds);
      if (result.outcome === 'refused')
        throw new Problem(422, 'wrong_password', 'The current password is not right.', {
          errors: [{ path: 'body.currentPassword', message: 'is not right' }],
        });
      client.setCookies(result.cookies);
      return null;
    },
  }),
];
