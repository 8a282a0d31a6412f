import { queryOptions } from '@tanstack/react-query';
import type { DefinitionSummary } from '@ripen/shared';
import { api } from './client.ts';
import type { DefinitionDetail } from './definitions.ts';

/** Live automations that people start by hand. Summaries do not say so, hence the documents; asked for when needed only. */
export const manualAutomationsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'started by hand'],
  queryFn: async ({ signal }) => {
    const { items } = await api.get<{ items: DefinitionSummary[] }>('/api/automations', undefined, signal);
    const details = await Promise.all(
      items
        .filter(({ status }) => status === 'live')
        .map(({ id }) => api.get<DefinitionDetail>(`/api/automations/${id}`, undefined, signal)),
    );
    return details.filter(isManual).map(({ id, name }) => ({ id, name }));
  },
  staleTime: 60_000,
});

const isManual = ({ document }: DefinitionDetail): boolean => {
  const nodes = document?.['nodes'];
  return Array.isArray(nodes) && nodes.some((node: { type?: unknown } | null) => node?.type === 'manual');
};
