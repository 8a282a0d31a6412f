import type { Queryable } from '../store/store.ts';
import { findKey, keyHash } from './keys.ts';
import type { KeyPrincipal } from './principal.ts';

/** Reads a key from `Authorization: Basic <key:>` (Segment's libraries) or `Bearer <key>`. */
export const keyFrom = (authorization: string | undefined): string | null => {
  if (!authorization) return null;
  const [scheme, value] = authorization.trim().split(/\s+/, 2);
  if (!scheme || !value) return null;
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  const [user] = Buffer.from(value, 'base64').toString('utf8').split(':', 1);
  return user || null;
};

export interface Authenticator {
  /** Null for a key that does not exist or was revoked. */
  principal(key: string): Promise<KeyPrincipal | null>;
}

/** How long a key that was good is taken as good without asking again: a revoked one ends within this. */
const trustMs = 5_000;
const maxTrusted = 1_000;

/** Looks keys up, and remembers good ones for a moment: a busy sender costs one look-up in five seconds. */
export const createAuthenticator = (db: Queryable): Authenticator => {
  const trusted = new Map<string, { principal: KeyPrincipal; until: number }>();
  return {
    principal: async (key) => {
      if (key.length > 200) return null;
      const hash = keyHash(key).toString('base64');
      const now = performance.now();
      const known = trusted.get(hash);
      if (known && known.until > now) return known.principal;
      trusted.delete(hash);
      const found = await findKey(db, key);
      if (!found) return null;
      const principal: KeyPrincipal = {
        is: 'key',
        id: found.id,
        name: found.name,
        permissions: found.permissions,
      };
      if (trusted.size >= maxTrusted) trusted.clear();
      trusted.set(hash, { principal, until: now + trustMs });
      return principal;
    },
  };
};
