import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Accepted, AccountFieldsBody, accountFieldsSaidSchema, importSchema, refusalSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** A historical load: nobody is paged, and what falls due for the contacts it touches waits until it is closed. */
export type HistoricalLoad = z.infer<typeof importSchema>;

/** A row of a file that was not taken, and why. */
export type Refusal = z.infer<typeof refusalSchema>;

/** The loads of late, the newest first. */
export const loadsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: async ({ signal }) => (await api.get<{ items: HistoricalLoad[] }>('/api/imports', undefined, signal)).items,
});

export const openLoad = (name: string): Promise<HistoricalLoad> => api.post('/api/imports', { name });
export const readLoad = (id: string): Promise<HistoricalLoad> => api.get(`/api/imports/${id}`);
export const closeLoad = (id: string): Promise<HistoricalLoad> => api.post(`/api/imports/${id}/close`);
/** What was accepted stays; what the load holds is released. */
export const cancelLoad = (id: string): Promise<HistoricalLoad> => api.post(`/api/imports/${id}/cancel`);

/** Tells what of the file was not taken; `refused`: all that there were so far. */
export const keepRefusals = (
  id: string,
  told: { refused: number; items: readonly Refusal[] },
): Promise<HistoricalLoad> => api.post(`/api/imports/${id}/refusals`, told);

const pageSize = 50;

/** What a load did not take, in the order in which it was told. */
export const refusalsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'detail', 'refusals', id],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: Refusal[]; next: string | null }>(
        `/api/imports/${id}/refusals`,
        { after: pageParam, limit: pageSize },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** The error file of a load. */
export const refusalsCsvPath = (id: string): string => `/api/imports/${encodeURIComponent(id)}/refusals.csv`;

/** Sends messages of the tracking API into an open load. Their message ids make sending again safe. */
export const sendMessages = (load: string, messages: readonly unknown[]): Promise<Accepted> =>
  api.post('/v1/batch', { importId: load, batch: messages });

/** Tells what a file says of accounts. Saying it again changes nothing. */
export const sayOfAccounts = (body: AccountFieldsBody): Promise<z.infer<typeof accountFieldsSaidSchema>> =>
  api.post('/api/accounts/fields', body);
