import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { LeadDetail, LeadListItem, TimelineItem } from '@ripen/shared';
import { api } from './client.ts';

export type LeadStatus = LeadListItem['status'];

export interface LeadFilter {
  mine: boolean;
  status: LeadStatus;
  queue?: string | undefined;
}

interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Leads of a status; open ones hottest first, the others by when they were made. */
export const leadsQuery = ({ mine, status, queue }: LeadFilter) =>
  infiniteQueryOptions({
    queryKey: ['leads', 'list', mine, status, queue ?? null],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<LeadListItem>>(
        '/api/leads',
        { mine, status, queue, sort: status === 'open' ? 'hottest' : 'newest', limit: 50, after: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'detail', id],
    queryFn: ({ signal }) => api.get<LeadDetail>(`/api/leads/${id}`, undefined, signal),
  });

/** The product's own arrivals (answers, what sales reported) are nothing that a contact did. */
const isOwn = (type: string): boolean => type.startsWith('ripen.');
const mostShown = 7;

/** What a contact did last. */
export const lastDoneQuery = (contact: string) =>
  queryOptions({
    queryKey: ['contacts', 'detail', contact, 'last done'],
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<TimelineItem>>(`/api/contacts/${contact}/timeline`, { kinds: 'event', limit: 30 }, signal)
      ).items
        .flatMap((item) => (item.kind === 'event' && !isOwn(item.type) && item.type !== 'identify' ? [item] : []))
        .slice(0, mostShown),
  });

export type Answer =
  | { outcome: 'accept' | 'release' }
  | { outcome: 'reject' | 'lost'; reason: string }
  | { outcome: 'won'; value: number | null };

/** Reports what became of a lead. A lead that somebody else answered first is a conflict. */
export const answerLead = (id: string, { outcome, ...body }: Answer): Promise<LeadDetail> =>
  api.post<LeadDetail>(`/api/leads/${id}/${outcome}`, body);
