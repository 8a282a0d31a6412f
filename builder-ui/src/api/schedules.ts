import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AutomationSchedule, Round, RoundPreview } from '@ripen/shared';
import { api } from './client.ts';

/** How often a round that is under way is asked how far it is, besides what the live stream says, ms. */
const lookEveryMs = 1_000;

const pathOf = (automation: string): string => `/api/automations/${encodeURIComponent(automation)}`;

/** When an automation's schedules let contacts enter next, and what became of the last time. */
export const automationScheduleQuery = (automation: string) =>
  queryOptions({
    queryKey: ['definitions+jobs', 'list', 'schedule', automation],
    queryFn: ({ signal }) => api.get<AutomationSchedule>(`${pathOf(automation)}/schedule`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.lastRound?.status === 'running' ? lookEveryMs : false),
  });

/** Every round of an automation, newest first. */
export const roundsQuery = (automation: string) =>
  infiniteQueryOptions({
    queryKey: ['jobs', 'list', 'rounds', automation],
    queryFn: ({ signal, pageParam }) =>
      api.get<{ items: Round[]; next: string | null }>(
        `${pathOf(automation)}/rounds`,
        pageParam === null ? undefined : { after: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** Whom *Run now* would be about. */
export const roundPreviewQuery = (automation: string) =>
  queryOptions({
    queryKey: ['definitions', 'detail', automation, 'round preview'],
    queryFn: ({ signal }) => api.get<RoundPreview>(`${pathOf(automation)}/rounds/preview`, undefined, signal),
    retry: false,
    // It is asked for when somebody is about to run it: what it was a while ago helps nobody.
    gcTime: 0,
  });

export const runScheduled = (automation: string): Promise<{ jobId: string }> =>
  api.post(`${pathOf(automation)}/rounds`);
