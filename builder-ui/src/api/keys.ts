import { queryOptions } from '@tanstack/react-query';
import type { apiKeySchema, newApiKeySchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

export type ApiKey = z.infer<typeof apiKeySchema>;
/** Shown once. */
export type NewApiKey = z.infer<typeof newApiKeySchema>;

export const keysQuery = queryOptions({
  queryKey: ['people', 'list', 'keys'],
  queryFn: async ({ signal }) => (await api.get<{ items: ApiKey[] }>('/api/keys', undefined, signal)).items,
});
