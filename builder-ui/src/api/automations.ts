import { queryOptions } from '@tanstack/react-query';
import type { AutomationSummary } from '@ripen/shared';
import { api } from './client.ts';

/** Every automation, with what goes on in it. */
export const automationsQuery = queryOptions({
  queryKey: ['definitions+runs', 'list', 'automations'],
  queryFn: async ({ signal }) =>
    (await api.get<{ items: AutomationSummary[] }>('/api/automations', undefined, signal)).items,
});
