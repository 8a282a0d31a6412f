import { queryOptions } from '@tanstack/react-query';
import type { DefinitionSummary, Lifecycle } from '@ripen/shared';
import { api } from './client.ts';
import type { DefinitionDetail } from './definitions.ts';

/** The published lifecycle; null where there is none yet. */
export const lifecycleQuery = queryOptions({
  queryKey: ['definitions', 'list', 'lifecycle in force'],
  queryFn: async ({ signal }) => {
    const { items } = await api.get<{ items: DefinitionSummary[] }>('/api/lifecycle', undefined, signal);
    const [summary] = items;
    if (!summary || summary.version === null) return null;
    const { document } = await api.get<DefinitionDetail>(`/api/lifecycle/${summary.id}`, undefined, signal);
    return document as unknown as Lifecycle | null; // Published, so it passed its schema.
  },
  staleTime: 60_000,
});
