import { queryOptions } from '@tanstack/react-query';
import type {
  ArchiveChoice,
  AutomationCounts,
  AutomationSummary,
  CountsPeriod,
  Definition,
  DefinitionSummary,
  PauseChoice,
  versionSchema,
} from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';
import type { DefinitionDetail } from './definitions.ts';

/** Every automation, with what goes on in it. */
export const automationsQuery = queryOptions({
  queryKey: ['definitions+runs', 'list', 'automations'],
  queryFn: async ({ signal }) =>
    (await api.get<{ items: AutomationSummary[] }>('/api/automations', undefined, signal)).items,
});

export type AutomationVersionDetail = z.infer<typeof versionSchema>;

const pathOf = (id: string): string => `/api/automations/${encodeURIComponent(id)}`;

/** Every version, the newest first. */
export const automationVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['definitions', 'detail', id, 'versions'],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: AutomationVersionDetail[] }>(`${pathOf(id)}/versions`, undefined, signal)).items,
  });

/** What passed through each node in a period; null: of all versions. */
export const automationCountsQuery = (id: string, version: number | null, period: CountsPeriod) =>
  queryOptions({
    queryKey: ['runs', 'list', 'counts', id, version, period],
    queryFn: ({ signal }) =>
      api.get<AutomationCounts>(`${pathOf(id)}/counts`, { version: version ?? undefined, period }, signal),
    // A period moves on though nothing happens.
    refetchInterval: period === 'all' ? false : 60_000,
  });

const collections = [
  'models',
  'account-models',
  'lifecycle',
  'automations',
  'queues',
  'channels',
  'event-types',
  'fields',
  'segments',
  'maintenance-programs',
] as const;

/** Everything that is in force, whole: what a draft is checked against. */
export const documentsInForceQuery = queryOptions({
  queryKey: ['definitions', 'list', 'documents in force'],
  queryFn: async ({ signal }) => {
    const lists = await Promise.all(
      collections.map(async (collection) => {
        const { items } = await api.get<{ items: DefinitionSummary[] }>(`/api/${collection}`, undefined, signal);
        const live = items.filter(({ status }) => status === 'live');
        return Promise.all(
          live.map(({ id }) =>
            api.get<DefinitionDetail>(`/api/${collection}/${encodeURIComponent(id)}`, undefined, signal),
          ),
        );
      }),
    );
    // What is in force passed its schema when it was published.
    return lists.flat().flatMap(({ document }) => (document ? [document as unknown as Definition] : []));
  },
  staleTime: 30_000,
});

export const pauseAutomation = (id: string, waitingRuns: PauseChoice) =>
  api.post(`${pathOf(id)}/pause`, { waitingRuns });
export const resumeAutomation = (id: string) => api.post(`${pathOf(id)}/resume`);
export const archiveAutomation = (id: string, waitingRuns: ArchiveChoice) =>
  api.post(`${pathOf(id)}/archive`, { waitingRuns });
export const unarchiveAutomation = (id: string) => api.post(`${pathOf(id)}/unarchive`);
