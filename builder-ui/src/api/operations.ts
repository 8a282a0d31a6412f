import { infiniteQueryOptions } from '@tanstack/react-query';
import type { deadLetterSchema, deliverySchema } from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

export type DeadLetter = z.infer<typeof deadLetterSchema>;
export type Delivery = z.infer<typeof deliverySchema>;

interface Page<Item> {
  items: Item[];
  next: string | null;
}

const pagesOf = <Item>(name: string, path: string, query: Record<string, string>) =>
  infiniteQueryOptions({
    queryKey: ['operations', 'list', name],
    queryFn: ({ pageParam, signal }) => api.get<Page<Item>>(path, { ...query, limit: 50, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** What could not be applied and was not tried again since. */
export const deadLettersQuery = pagesOf<DeadLetter>('dead letters', '/api/dead-letters', { retried: 'false' });

/** What the outside did not take. */
export const failedDeliveriesQuery = pagesOf<Delivery>('failed deliveries', '/api/deliveries', { status: 'failed' });

export const retryDeadLetter = (id: string): Promise<void> => api.post(`/api/dead-letters/${id}/retry`);
export const discardDeadLetter = (id: string): Promise<void> => api.post(`/api/dead-letters/${id}/discard`);
export const retryDelivery = (id: string): Promise<void> => api.post(`/api/deliveries/${id}/retry`);
