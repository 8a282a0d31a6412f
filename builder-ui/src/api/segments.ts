import { queryOptions } from '@tanstack/react-query';
import type { Condition, DefinitionSummary, NamedUse, SegmentCount, SegmentPreview } from '@ripen/shared';
import { api } from './client.ts';
import type { DefinitionDetail } from './definitions.ts';

/** Every segment whole, drafts too; the archived ones by their ids alone. */
export const segmentsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'segment documents'],
  queryFn: async ({ signal }) => {
    const { items } = await api.get<{ items: DefinitionSummary[] }>('/api/segments', undefined, signal);
    const there = items.filter(({ status, draft }) => status !== 'archived' || draft !== null);
    const segments = await Promise.all(
      there.map(({ id }) => api.get<DefinitionDetail>(`/api/segments/${encodeURIComponent(id)}`, undefined, signal)),
    );
    return { segments, taken: items.map(({ id }) => id) };
  },
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

const preview = (when: Condition, countAll: boolean): Promise<SegmentPreview> =>
  api.post<SegmentPreview>('/api/segments/preview', { when, countAll });

/** How many would be in a segment, each of all contacts looked at. */
export const countedPreview = (when: Condition): Promise<SegmentPreview> => preview(when, true);

/** Who would be in a segment: how many, and the newest of them. */
export const segmentPreviewQuery = (when: Condition) =>
  queryOptions({
    queryKey: ['definitions', 'list', 'segment preview', when],
    queryFn: () => preview(when, false),
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
