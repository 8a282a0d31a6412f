import { queryOptions } from '@tanstack/react-query';
import type { BackTestContactView, BackTestState, latestBackTestSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** How often one that is under way is asked how far it is, ms. */
const lookEveryMs = 1_000;

/** What a back-test found so far. */
export const backTestQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', 'detail', 'back-test', id],
    queryFn: ({ signal }) => api.get<BackTestState>(`/api/back-tests/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.job.status === 'running' ? lookEveryMs : false),
  });

/** The last one of an automation. */
export const latestBackTestQuery = (automation: string) =>
  queryOptions({
    queryKey: ['jobs', 'detail', 'latest back-test', automation],
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof latestBackTestSchema>>('/api/back-tests/latest', { automation }, signal),
  });

/** One contact of it, on both sides. */
export const backTestContactQuery = (id: string, contact: string) =>
  queryOptions({
    queryKey: ['jobs', 'detail', 'back-test', id, contact],
    queryFn: ({ signal }) =>
      api.get<BackTestContactView>(`/api/back-tests/${id}/contacts/${contact}`, undefined, signal),
    // It is played anew each time; what it found does not change.
    staleTime: Infinity,
  });

export const startBackTest = (document: object, days: number): Promise<{ jobId: string }> =>
  api.post('/api/back-tests', { document, days });
