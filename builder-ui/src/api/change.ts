import { queryOptions } from '@tanstack/react-query';
import type { ImpactState, rebuildStateSchema, VoidFilter, VoidPreview, voidStateSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** How often work that is under way is asked how far it is, besides what the live stream says, ms. */
const lookEveryMs = 1_000;

/** What publishing would change. */
export const impactQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', 'detail', 'impact', id],
    queryFn: ({ signal }) => api.get<ImpactState>(`/api/impact/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.job.status === 'running' ? lookEveryMs : false),
  });

/** Starts to measure it over so many contacts; over all of them when `sample` is left out. */
export const startImpact = (documents: readonly object[], sample?: number): Promise<{ jobId: string }> =>
  api.post('/api/impact', { documents, ...(sample !== undefined && { sample }) });

/** The last rebuild of everybody from history. */
export const rebuildQuery = queryOptions({
  queryKey: ['jobs', 'detail', 'rebuild'],
  queryFn: ({ signal }) => api.get<z.infer<typeof rebuildStateSchema>>('/api/rebuilds/latest', undefined, signal),
  refetchInterval: ({ state }) => (state.data?.job?.status === 'running' ? lookEveryMs : false),
});

export const startRebuild = (): Promise<{ jobId: string }> => api.post('/api/rebuilds');
export const cancelJob = (id: string): Promise<void> => api.post(`/api/jobs/${id}/cancel`);
export const resumeJob = (id: string): Promise<unknown> => api.post(`/api/jobs/${id}/resume`);

/** What undoing points would do. */
export const previewVoid = (filter: VoidFilter): Promise<VoidPreview> => api.post('/api/voids/preview', { filter });

export const startVoid = (filter: VoidFilter, reason: string): Promise<{ jobId: string }> =>
  api.post('/api/voids', { filter, reason });

/** The last undoing of points. */
export const voidQuery = queryOptions({
  queryKey: ['jobs', 'detail', 'void'],
  queryFn: ({ signal }) => api.get<z.infer<typeof voidStateSchema>>('/api/voids/latest', undefined, signal),
  refetchInterval: ({ state }) => (state.data?.job?.status === 'running' ? lookEveryMs : false),
});
