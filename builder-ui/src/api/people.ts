import { queryOptions } from '@tanstack/react-query';
import type { Person } from '@ripen/shared';
import { api } from './client.ts';

export const peopleQuery = queryOptions({
  queryKey: ['people', 'list'],
  queryFn: async ({ signal }) => (await api.get<{ items: Person[] }>('/api/people', undefined, signal)).items,
});
