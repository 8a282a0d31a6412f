import { queryOptions } from '@tanstack/react-query';
import type { InFlight, jobSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** How often a move that is under way is looked at, besides what the live stream says, ms. */
export const lookEveryMs = 1_000;

const pathOf = (automation: string): string => `/api/automations/${encodeURIComponent(automation)}/in-flight`;

/** Who waits inside an automation, by version and step. */
export const inFlightQuery = (automation: string) =>
  queryOptions({
    queryKey: ['runs', 'list', 'in flight', automation],
    queryFn: ({ signal }) => api.get<InFlight>(pathOf(automation), undefined, signal),
  });

/** How far the job is that tells those inside. */
export const insideJobQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', 'detail', 'in flight', id],
    queryFn: ({ signal }) => api.get<z.infer<typeof jobSchema>>(`/api/jobs/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? lookEveryMs : false),
  });
