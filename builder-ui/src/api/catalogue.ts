import { queryOptions } from '@tanstack/react-query';
import type { Catalogue, catalogueUsesQuery, NamedUse } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/**
 * Event types with their properties, fields and labels that were declared or seen. New events do not change it often:
 * it is asked for again when definitions change, or after a minute.
 */
export const catalogueQuery = queryOptions({
  queryKey: ['definitions', 'list', 'catalogue'],
  queryFn: ({ signal }) => api.get<Catalogue>('/api/catalogue', undefined, signal),
  staleTime: 60_000,
});

export type CatalogueKind = z.infer<typeof catalogueUsesQuery>['kind'];

/** Where definitions in force name a field, an event type or a label. */
export const usesQuery = (kind: CatalogueKind, name: string) =>
  queryOptions({
    queryKey: ['definitions', 'list', 'uses', kind, name],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: NamedUse[] }>('/api/catalogue/uses', { kind, name }, signal)).items,
  });
