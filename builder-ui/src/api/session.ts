import { queryOptions } from '@tanstack/react-query';
import type { Permission } from '@ripen/shared';
import { api } from './client.ts';

export interface Person {
  id: string;
  name: string;
  email: string;
  role: 'marketer' | 'sales' | 'admin';
  permissions: Permission[];
}

export interface Session {
  /** Nobody can sign in yet: the first person becomes admin. */
  setupNeeded: boolean;
  person: Person | null;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get<Session>('/api/session', undefined, signal),
  staleTime: 60_000,
});

export const may = (person: Person | null, permission: Permission): boolean =>
  person !== null && (person.permissions.includes(permission) || person.permissions.includes('admin'));
