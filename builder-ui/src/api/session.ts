import { queryOptions } from '@tanstack/react-query';
import type { Permission, SessionState, SignedIn } from '@ripen/shared';
import { api } from './client.ts';

export type Person = SignedIn;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get<SessionState>('/api/session', undefined, signal),
  staleTime: 60_000,
});

export const may = (person: Person | null, permission: Permission): boolean =>
  person !== null && (person.permissions.includes(permission) || person.permissions.includes('admin'));
