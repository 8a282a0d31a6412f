import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  Adjustment,
  ContactDetail,
  contactPageSchema,
  ContactForecast,
  ContactListItem,
  ScoreExplanation,
  TimelineItem,
} from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** What the list of contacts can be asked for; empty texts ask for nothing. */
export interface ContactFilters {
  q?: string | undefined;
  stage?: string | undefined;
  label?: string | undefined;
  segment?: string | undefined;
  /** Bands of score models: `fit:a,intent:none`. */
  band?: string | undefined;
  lead?: string | undefined;
  sort?: string | undefined;
}

const pageSize = 50;

export const contactsQuery = ({ q, stage, label, segment, band, lead, sort }: ContactFilters) => {
  const asked = { q, stage, label, segment, band, lead, sort };
  return infiniteQueryOptions({
    queryKey: ['contacts', 'list', 'all', asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<z.infer<typeof contactPageSchema>>(
        '/api/contacts',
        { ...asked, after: pageParam, limit: pageSize },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
};

/** The first few contacts whose name, address or company starts like what was typed. */
export const contactSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['contacts', 'list', 'search', q],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: ContactListItem[] }>('/api/contacts', { q, limit: 6 }, signal)).items,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'detail', id],
    queryFn: ({ signal }) => api.get<ContactDetail>(`/api/contacts/${id}`, undefined, signal),
  });

/** Why each of a contact's scores is what it is. */
export const explanationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'detail', id, 'explanations'],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: ScoreExplanation[] }>(`/api/contacts/${id}/explanation`, undefined, signal)).items,
  });

/** What a score does if nothing more arrives. */
export const contactForecastQuery = (id: string, model: string) =>
  queryOptions({
    queryKey: ['contacts', 'detail', id, 'forecast', model],
    queryFn: ({ signal }) => api.get<ContactForecast>(`/api/contacts/${id}/forecast`, { model }, signal),
  });

/** What happened to a contact, newest first; `kinds` as the API takes them, empty for all. */
export const timelineQuery = (id: string, kinds: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'detail', id, 'timeline', kinds],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: TimelineItem[]; next: string | null }>(
        `/api/contacts/${id}/timeline`,
        { kinds, after: pageParam, limit: pageSize },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** Applied like an event, within moments: the live stream says when. */
export const setStage = (id: string, stage: string | null): Promise<unknown> =>
  api.post(`/api/contacts/${id}/stage`, { stage });

/** Adds points or sets the score, with a reason; applied like an event. */
export const adjustScore = (id: string, adjustment: Adjustment): Promise<unknown> =>
  api.post(`/api/contacts/${id}/adjustments`, adjustment);

export const enrol = (id: string, automation: string): Promise<unknown> =>
  api.post(`/api/contacts/${id}/enrol`, { automation });
