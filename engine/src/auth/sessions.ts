import { rolePermissions, type Role } from '@ripen/shared';
import { isAPIError } from 'better-auth/api';
import { parseCookies } from 'better-auth/cookies';
import { announce } from '../store/announce.ts';
import type { Store } from '../store/store.ts';
import { forgiveAttempt, startAttempt } from './attempts.ts';
import { authSecret } from './auth-secret.ts';
import { addressHeader, createBetterAuth, sessionCookie, type BetterAuth } from './better-auth.ts';
import type { PersonPrincipal } from './principal.ts';

/** The client's end of the line, as far as sessions depend on it. */
export interface Caller {
  /** Its `Cookie` header. */
  cookies: string | undefined;
  userAgent: string | undefined;
  /** Where the request came from. */
  address: string;
}

/** What a client is to keep: values for `Set-Cookie`. */
export type Cookies = readonly string[];

export type SignedIn =
  | { outcome: 'signed-in'; person: PersonPrincipal; cookies: Cookies }
  | { outcome: 'refused' }
  | { outcome: 'limited'; retryAfterSeconds: number };

export type PasswordChanged =
  { outcome: 'changed'; cookies: Cookies } | { outcome: 'refused' } | { outcome: 'limited'; retryAfterSeconds: number };

/** `none`: no cookie was sent. `ended`: one was, but its session has expired or was ended. */
export type Found = { person: PersonPrincipal; cookies: Cookies } | 'none' | 'ended';

/** People's sessions. */
export interface Sessions {
  find(caller: Caller, options?: { fresh?: boolean }): Promise<Found>;
  signIn(caller: Caller, who: { email: string; password: string }): Promise<SignedIn>;
  /** Ends the session, if there is one. */
  signOut(caller: Caller): Promise<Cookies>;
  /** Ends every other session of the person too. */
  changePassword(
    caller: Caller,
    person: PersonPrincipal,
    change: { currentPassword: string; newPassword: string },
  ): Promise<PasswordChanged>;
  hashPassword(password: string): Promise<string>;
  /** What was remembered of who is signed in is asked for again: somebody's session or role has changed. */
  forget(): void;
}

/** How long a look-up is good for on this process. What it does itself counts at once. */
const trustMs = 2_000;
const maxTrusted = 5_000;

export interface SessionOptions {
  /** Null: one that the installation made for itself. */
  secret?: string | null;
}

/** Connects with the first use: a process starts without its database. */
export const createSessions = (store: Store, { secret = null }: SessionOptions = {}): Sessions => {
  let ready: Promise<BetterAuth> | undefined;
  const auth = (): Promise<BetterAuth> => {
    ready ??= authSecret(store.pool, secret)
      .then((found) => createBetterAuth(store.pool, found))
      .catch((error: unknown) => {
        ready = undefined;
        throw error;
      });
    return ready;
  };
  const trusted = new Map<string, { person: PersonPrincipal; until: number }>();
  /** Grows when something was forgotten: a look-up that began before must not bring it back. */
  let forgotten = 0;
  const forget = (): void => {
    forgotten++;
    trusted.clear();
  };

  return {
    find: async (caller, { fresh = false } = {}) => {
      const cookie = cookieOf(caller);
      if (cookie === null) return 'none';
      const now = performance.now();
      const known = trusted.get(cookie);
      if (known && known.until > now && !fresh) return { person: known.person, cookies: [] };
      trusted.delete(cookie);
      const since = forgotten;
      const { api } = await auth();
      const answer = await unwrapped(
        api.getSession({ headers: headersOf(caller), query: { disableRefresh: fresh }, returnHeaders: true }),
      );
      if (!answer.response) return 'ended';
      const person = personOf(answer.response.user);
      if (trusted.size >= maxTrusted) trusted.clear();
      if (since === forgotten) trusted.set(cookie, { person, until: now + trustMs });
      return { person, cookies: answer.headers.getSetCookie() };
    },

    signIn: async (caller, { email, password }) => {
      const attempt = { address: caller.address, email };
      const wait = await startAttempt(store.pool, attempt);
      if (wait !== null) return { outcome: 'limited', retryAfterSeconds: wait };
      const { api } = await auth();
      const answer = await unwrapped(
        // Without cookies: what somebody else's session left behind has no say in this one.
        api.signInEmail({
          body: { email, password },
          headers: headersOf({ ...caller, cookies: undefined }),
          returnHeaders: true,
        }),
      ).catch(refused);
      if (answer === null) return { outcome: 'refused' };
      await forgiveAttempt(store.pool, attempt);
      await store.pool.query('delete from sessions where expires_at < now()');
      return { outcome: 'signed-in', person: personOf(answer.response.user), cookies: answer.headers.getSetCookie() };
    },

    signOut: async (caller) => {
      if (cookieOf(caller) === null) return [];
      const { api } = await auth();
      const { headers } = await unwrapped(api.signOut({ headers: headersOf(caller), returnHeaders: true }));
      forget();
      await announce(store.pool, { sessions: null });
      return headers.getSetCookie();
    },

    changePassword: async (caller, person, change) => {
      const attempt = { address: caller.address, email: person.email };
      const wait = await startAttempt(store.pool, attempt);
      if (wait !== null) return { outcome: 'limited', retryAfterSeconds: wait };
      const { api } = await auth();
      const answer = await unwrapped(
        api.changePassword({
          body: { ...change, revokeOtherSessions: true },
          headers: headersOf(caller),
          returnHeaders: true,
        }),
      ).catch(refused);
      if (answer === null) return { outcome: 'refused' };
      await forgiveAttempt(store.pool, attempt);
      forget();
      await announce(store.pool, { sessions: null });
      return { outcome: 'changed', cookies: answer.headers.getSetCookie() };
    },

    hashPassword: async (password) => (await (await auth()).$context).password.hash(password),

    forget,
  };
};

/** The session cookie as it was sent; null when there is none. */
const cookieOf = ({ cookies }: Caller): string | null => (cookies && parseCookies(cookies).get(sessionCookie)) || null;

const headersOf = ({ cookies, userAgent, address }: Caller): Headers => {
  const headers = new Headers({ [addressHeader]: address });
  if (cookies) headers.set('cookie', cookies);
  if (userAgent) headers.set('user-agent', userAgent.slice(0, 500));
  return headers;
};

const personOf = (user: { id: string; name: string; email: string; role: string }): PersonPrincipal => {
  const role = user.role as Role; // The column is checked to be one.
  return { is: 'person', id: user.id, name: user.name, email: user.email, role, permissions: rolePermissions[role] };
};

/** A database that is away hides behind better-auth's own error; the cause is what has to be answered. */
const unwrapped = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    throw isAPIError(error) && error.statusCode >= 500 && error.cause !== undefined ? error.cause : error;
  }
};

/** Null for an e-mail address or a password that is not right; anything else is thrown on. */
const refused = (error: unknown): null => {
  if (isAPIError(error) && (error.statusCode === 401 || error.statusCode === 400)) return null;
  throw error;
};
