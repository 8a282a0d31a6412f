import { queryOptions } from '@tanstack/react-query';
import type { Condition, Segment, SegmentCount, SegmentPreview, NamedUse } from '@ripen/shared';
import { api } from './client.ts';
import { publishedOf } from './handoff.ts';

export const segmentsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'segment documents'],
  queryFn: ({ signal }) => publishedOf<Segment>('segments', signal),
});

/** Contacts are counted anew now and then, not with every one of their changes. */
const refreshMs = 30_000;

/** How many contacts each segment has. */
export const segmentCountsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'segment counts'],
  queryFn: async ({ signal }) =>
    (await api.get<{ items: SegmentCount[] }>('/api/segment-counts', undefined, signal)).items,
  refetchInterval: refreshMs,
});

/** Who would be in a segment: how many, and the newest of them. */
export const segmentPreviewQuery = (when: Condition) =>
  queryOptions({
    queryKey: ['definitions', 'list', 'segment preview', when],
    queryFn: () => api.post<SegmentPreview>('/api/segments/preview', { when }),
    placeholderData: (before: SegmentPreview | undefined) => before,
    refetchInterval: refreshMs,
    retry: false,
  });

/** Where a segment is used. */
export const segmentUsesQuery = (id: string) =>
  queryOptions({
    queryKey: ['definitions', 'detail', id, 'uses'],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: NamedUse[] }>(`/api/segments/${encodeURIComponent(id)}/uses`, undefined, signal)).items,
  });

/** Where a browser gets the segment's contacts as a file. */
export const segmentCsvPath = (id: string): string => `/api/segments/${encodeURIComponent(id)}/contacts.csv`;
