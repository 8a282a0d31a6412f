import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Notices } from '@ripen/shared';
import { api } from './client.ts';

/** How many a person has not read. The key's third part is the person: only their own news ask again. */
export const unreadQuery = (person: string) =>
  queryOptions({
    queryKey: ['notices', 'detail', person, 'unread'],
    queryFn: async ({ signal }) => (await api.get<Notices>('/api/notices', { limit: 1 }, signal)).unread,
  });

/** What a person was told, newest first. */
export const noticesQuery = (person: string, unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notices', 'detail', person, 'list', unread],
    queryFn: ({ signal, pageParam }) =>
      api.get<Notices>(
        '/api/notices',
        { limit: 50, ...(unread && { unread: 'true' }), ...(pageParam !== null && { after: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const readNotices = (which: { ids: string[] } | { all: true }): Promise<{ unread: number }> =>
  api.post('/api/notices/read', which);
