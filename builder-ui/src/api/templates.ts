import { queryOptions } from '@tanstack/react-query';
import type { Template, templatePublicationSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** Every system to start from. */
export const templatesQuery = queryOptions({
  queryKey: ['definitions', 'list', 'templates'],
  queryFn: async ({ signal }) => (await api.get<{ items: Template[] }>('/api/templates', undefined, signal)).items,
});

/** Publishes one. `existing`: what becomes of others that are in force under its names. */
export const applyTemplate = (id: string, existing: 'refuse' | 'keep' | 'replace') =>
  api.post<z.infer<typeof templatePublicationSchema>>(`/api/templates/${encodeURIComponent(id)}`, { existing });
