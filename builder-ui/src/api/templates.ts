import { queryOptions } from '@tanstack/react-query';
import type { Automation, AutomationTemplate, Definition, Template, templatePublicationSchema } from '@ripen/shared';
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

/** Every automation to begin with. */
export const automationTemplatesQuery = queryOptions({
  queryKey: ['definitions', 'list', 'automation templates'],
  queryFn: async ({ signal }) =>
    (await api.get<{ items: AutomationTemplate[] }>('/api/automation-templates', undefined, signal)).items,
  // They are shipped: nobody changes them.
  staleTime: Infinity,
});

/** Publishes what a template needs, then saves its automations as drafts. */
export const applyAutomationTemplate = async (made: {
  publish: readonly Definition[];
  drafts: readonly Automation[];
}): Promise<{ drafts: string[]; published: number }> => {
  if (made.publish.length > 0) await api.post('/api/apply', { documents: made.publish });
  for (const document of made.drafts)
    await api.put(`/api/automations/${encodeURIComponent(document.id)}/draft`, { document, edition: null });
  return { drafts: made.drafts.map(({ id }) => id), published: made.publish.length };
};
