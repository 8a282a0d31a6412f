/** What a key or a person can be allowed to do. `admin` includes all of it. Write keys are allowed `ingest` only. */
export const permissions = [
  'ingest',
  'definitions:read',
  'definitions:write',
  'contacts:read',
  'contacts:write',
  'runs:read',
  'runs:write',
  'leads:read',
  'leads:write',
  'imports:read',
  'imports:write',
  'operations:read',
  'operations:write',
  'admin',
] as const;
export type Permission = (typeof permissions)[number];

/** What people are here for. */
export const roles = ['marketer', 'sales', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What each role may do. Marketers may `ingest`, because a historical load is events sent under its name. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  marketer: [
    'ingest',
    'definitions:read',
    'definitions:write',
    'contacts:read',
    'contacts:write',
    'runs:read',
    'leads:read',
    'imports:read',
    'imports:write',
    'operations:read',
  ],
  sales: ['definitions:read', 'contacts:read', 'runs:read', 'leads:read', 'leads:write'],
  admin: ['admin'],
};

/**
 * What a route asks for. `public` ones are open to everybody, `signed-in` ones to every person and to every key that may do
 * more than send events.
 */
export type RoutePermission = Permission | 'public' | 'signed-in';

export const allows = (held: readonly string[], needed: RoutePermission): boolean =>
  needed === 'public' ||
  (needed === 'signed-in' ? held.some((permission) => permission !== 'ingest') : held.includes(needed)) ||
  held.includes('admin');
