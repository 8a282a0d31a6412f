import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Automation, RunDetail, RunListItem, versionSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

export interface RunFilter {
  automation?: string | undefined;
  version?: string | undefined;
  node?: string | undefined;
  status?: string | undefined;
  contact?: string | undefined;
  startedFrom?: string | undefined;
  startedBefore?: string | undefined;
  passed?: string | undefined;
  passing?: string | undefined;
  port?: string | undefined;
  passedFrom?: string | undefined;
  changedFrom?: string | undefined;
}

interface RunPage {
  items: RunListItem[];
  next: string | null;
  /** Only on the first page. */
  total: { count: number; exact: boolean } | null;
}

/** Runs, the latest first. */
export const runsQuery = (filter: RunFilter) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<RunPage>('/api/runs', { ...filter, limit: 50, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'detail', id],
    queryFn: ({ signal }) => api.get<RunDetail>(`/api/runs/${id}`, undefined, signal),
  });

/** An automation as it was in a version: what a run's path is drawn on. It never changes. */
export const automationVersionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['version', id, version],
    queryFn: async ({ signal }) =>
      (await api.get<z.infer<typeof versionSchema>>(`/api/automations/${id}/versions/${version}`, undefined, signal))
        .document as Automation, // It was published, so it passed its schema.
    staleTime: Infinity,
  });
