import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** A contact as lists show it. */
export interface ContactName {
  id: string;
  name: string;
  email: string | null;
  company: string | null;
}

/** The first few contacts whose name, address or company starts like what was typed. */
export const contactSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['contacts', 'list', 'search', q],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: ContactName[] }>('/api/contacts', { q, limit: 6 }, signal)).items,
  });
