import { queryOptions } from '@tanstack/react-query';
import type { DefinitionCollection, definitionDetailSchema, DefinitionSummary, versionSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

export type DefinitionDetail = z.infer<typeof definitionDetailSchema>;

/** Every definition of a kind, by its summary. */
export const definitionsQuery = (collection: DefinitionCollection) =>
  queryOptions({
    queryKey: ['definitions', 'list', collection],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: DefinitionSummary[] }>(`/api/${collection}`, undefined, signal)).items,
  });

/** One definition: what is published and its draft. */
export const definitionQuery = (collection: DefinitionCollection, id: string) =>
  queryOptions({
    queryKey: ['definitions', 'detail', id, collection],
    queryFn: ({ signal }) =>
      api.get<DefinitionDetail>(`/api/${collection}/${encodeURIComponent(id)}`, undefined, signal),
  });

/** Every version of a definition, the newest first. */
export const versionsQuery = (collection: DefinitionCollection, id: string) =>
  queryOptions({
    queryKey: ['definitions', 'detail', id, collection, 'versions'],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ items: z.infer<typeof versionSchema>[] }>(
          `/api/${collection}/${encodeURIComponent(id)}/versions`,
          undefined,
          signal,
        )
      ).items,
  });

const documentsOf = async (collection: DefinitionCollection, signal: AbortSignal) => {
  const { items } = await api.get<{ items: DefinitionSummary[] }>(`/api/${collection}`, undefined, signal);
  return Promise.all(
    items
      .filter(({ status }) => status !== 'archived')
      .map(({ id }) => api.get<DefinitionDetail>(`/api/${collection}/${encodeURIComponent(id)}`, undefined, signal)),
  );
};

/** Every definition that others can name. Models, channels and the lifecycle are few and come whole: their parts have names too. */
export const nameableQuery = queryOptions({
  queryKey: ['definitions', 'list', 'nameable'],
  queryFn: async ({ signal }) => {
    const [models, lifecycle, channels, queues, automations, segments, eventTypes] = await Promise.all([
      documentsOf('models', signal),
      documentsOf('lifecycle', signal),
      documentsOf('channels', signal),
      api.get<{ items: DefinitionSummary[] }>('/api/queues', undefined, signal),
      api.get<{ items: DefinitionSummary[] }>('/api/automations', undefined, signal),
      api.get<{ items: DefinitionSummary[] }>('/api/segments', undefined, signal),
      api.get<{ items: DefinitionSummary[] }>('/api/event-types', undefined, signal),
    ]);
    return {
      models,
      lifecycle: lifecycle[0] ?? null,
      channels,
      queues: queues.items,
      automations: automations.items,
      segments: segments.items,
      eventTypes: eventTypes.items,
    };
  },
  staleTime: 30_000,
});
