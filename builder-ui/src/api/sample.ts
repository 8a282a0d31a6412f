import { queryOptions } from '@tanstack/react-query';
import type { jobSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

export type Job = z.infer<typeof jobSchema>;

export interface Sample {
  /** It can be loaded: there are no contacts yet, or a load of it is unfinished. */
  offered: boolean;
  /** The last load ended early and can go on. */
  unfinished: boolean;
  /** The load, if there is or was one. */
  job: Job | null;
}

export const sampleQuery = queryOptions({
  queryKey: ['jobs+contacts', 'list', 'sample'],
  queryFn: ({ signal }) => api.get<Sample>('/api/sample', undefined, signal),
  // While it loads its progress is what is looked at.
  refetchInterval: ({ state }) => (state.data?.job?.status === 'running' ? 1_000 : false),
});

/** Loads it, or the rest of it. */
export const loadSample = (): Promise<unknown> => api.post('/api/sample');

/** Leaves the rest of an unfinished load away. */
export const giveUpSample = (): Promise<unknown> => api.post('/api/sample/cancel');
