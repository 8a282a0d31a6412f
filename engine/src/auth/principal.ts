import type { Permission, Role } from '@ripen/shared';

/** A program that sent a key. */
export interface KeyPrincipal {
  is: 'key';
  id: string;
  name: string;
  permissions: readonly string[];
}

/** Somebody who is signed in. */
export interface PersonPrincipal {
  is: 'person';
  id: string;
  name: string;
  email: string;
  role: Role;
  permissions: readonly Permission[];
}

/** Who asks. */
export type Principal = KeyPrincipal | PersonPrincipal;
