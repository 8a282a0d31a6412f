/** What an API key can be allowed to do. `admin` includes all of it. Write keys are allowed `ingest` only. */
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

/** What a route asks for; `public` ones need no key. */
export type RoutePermission = Permission | 'public';

export const allows = (held: readonly string[], needed: RoutePermission): boolean =>
  needed === 'public' || held.includes(needed) || held.includes('admin');
