import { queryOptions } from '@tanstack/react-query';
import type { InFlight, InFlightAct } from '@ripen/shared';
import { api } from './client.ts';

const pathOf = (automation: string): string => `/api/automations/${encodeURIComponent(automation)}/in-flight`;

/** Who waits inside an automation, by version and step. */
export const inFlightQuery = (automation: string) =>
  queryOptions({
    queryKey: ['runs', 'list', 'in flight', automation],
    queryFn: ({ signal }) => api.get<InFlight>(pathOf(automation), undefined, signal),
  });

export const tellInFlight = (automation: string, act: InFlightAct): Promise<{ jobId: string }> =>
  api.post(pathOf(automation), { act });
