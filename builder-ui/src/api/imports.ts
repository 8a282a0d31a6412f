import { queryOptions } from '@tanstack/react-query';
import type { Accepted, importSchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** A historical load: nobody is paged, and what falls due for the contacts it touches waits until it is closed. */
export type HistoricalLoad = z.infer<typeof importSchema>;

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

/** Sends messages of the tracking API into an open load. Their message ids make sending again safe. */
export const sendMessages = (load: string, messages: readonly unknown[]): Promise<Accepted> =>
  api.post('/v1/batch', { importId: load, batch: messages });
