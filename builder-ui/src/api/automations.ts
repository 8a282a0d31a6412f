import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** All automations by name. */
export const automationNamesQuery = queryOptions({
  queryKey: ['definitions', 'list', 'automation names'],
  queryFn: async ({ signal }) =>
    (await api.get<{ items: { id: string; name: string }[] }>('/api/automations', undefined, signal)).items,
});
