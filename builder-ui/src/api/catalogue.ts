import { queryOptions } from '@tanstack/react-query';
import type { Catalogue } from '@ripen/shared';
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
