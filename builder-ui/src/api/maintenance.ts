import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { MaintenanceListed, MaintenancePreview, MaintenanceProgram, MaintenanceRun } from '@ripen/shared';
import { api } from './client.ts';

/** How often a run that is under way is asked how far it is, besides what the live stream says, ms. */
const lookEveryMs = 1_000;

/** The programs in force; the server says `document`, which passed its schema when it was published. */
export type ListedProgram = Omit<MaintenanceListed, 'document'> & { document: MaintenanceProgram };

export const maintenanceQuery = queryOptions({
  queryKey: ['definitions+jobs', 'list', 'maintenance'],
  queryFn: async ({ signal }) =>
    (await api.get<{ items: ListedProgram[] }>('/api/maintenance', undefined, signal)).items,
  refetchInterval: ({ state }) =>
    state.data?.some(({ lastRun }) => lastRun?.status === 'running') ? lookEveryMs : false,
});

const runsPath = (program: string): string => `/api/maintenance-programs/${encodeURIComponent(program)}/runs`;

/** The runs of a program, newest first. */
export const maintenanceRunsQuery = (program: string) =>
  infiniteQueryOptions({
    queryKey: ['jobs', 'list', 'maintenance', program],
    queryFn: ({ signal, pageParam }) =>
      api.get<{ items: MaintenanceRun[]; next: string | null }>(
        runsPath(program),
        pageParam === null ? undefined : { after: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** Whom a run would be about now, and how many of them it would change. */
export const maintenancePreviewQuery = ({ id, who, actions }: MaintenanceProgram) =>
  queryOptions({
    queryKey: ['definitions', 'detail', id, 'maintenance preview', who, actions],
    queryFn: () => api.post<MaintenancePreview>('/api/maintenance/preview', { actions, ...(who && { who }) }),
    retry: false,
    // It is asked for when somebody is about to run it: what it was a while ago helps nobody.
    gcTime: 0,
  });

export const runMaintenance = (program: string): Promise<{ jobId: string }> => api.post(runsPath(program));
