import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  Combinations,
  BandResults,
  Distribution,
  Grid,
  InstallationHealth,
  LeadCounts,
  LeadListItem,
  ModelChecks,
  statusSchema,
} from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

/** Scores of all contacts as of now, in so many bars, and how many are in each stage. */
export const distributionQuery = (model: string, buckets = 20) =>
  queryOptions({
    queryKey: ['contacts+definitions', 'list', 'distribution', model, buckets],
    queryFn: ({ signal }) => api.get<Distribution>(`/api/models/${model}/distribution`, { buckets }, signal),
  });

/** Contacts by their bands in two models. */
export const gridQuery = (model: string, other: string) =>
  queryOptions({
    queryKey: ['contacts+definitions', 'list', 'grid', model, other],
    queryFn: ({ signal }) => api.get<Grid>(`/api/models/${model}/grid`, { with: other }, signal),
  });

/** What a result is told by: a field and its values that mean yes, a stage, or what came of leads. */
export interface ResultAsked {
  field?: string | undefined;
  /** Separated by semicolons; the usual words where it is not said. */
  is?: string | undefined;
  stage?: string | undefined;
  lead?: string | undefined;
}

/** The bands of a model against what became of the contacts in them. */
export const resultsQuery = (model: string, asked: ResultAsked) =>
  queryOptions({
    queryKey: ['contacts+definitions+leads', 'list', 'results', model, asked],
    queryFn: ({ signal }) => api.get<BandResults>(`/api/models/${model}/results`, { ...asked }, signal),
    placeholderData: keepPreviousData,
  });

/** Which rules of a model hold together, and for how many contacts. */
export const combinationsQuery = (model: string) =>
  queryOptions({
    queryKey: ['contacts+definitions', 'list', 'combinations', model],
    queryFn: ({ signal }) => api.get<Combinations>(`/api/models/${model}/combinations`, undefined, signal),
  });

/** What events and contacts say against a model in force. */
export const modelChecksQuery = (model: string) =>
  queryOptions({
    queryKey: ['contacts+definitions', 'list', 'checks', model],
    queryFn: async ({ signal }) => (await api.get<ModelChecks>(`/api/models/${model}/checks`, undefined, signal)).items,
  });

/** What there is and how it does, in figures. */
export const statusQuery = queryOptions({
  queryKey: ['contacts+operations+jobs', 'list', 'status'],
  queryFn: ({ signal }) => api.get<z.infer<typeof statusSchema>>('/api/status', undefined, signal),
});

/** How the installation works; asked for every few seconds while it is shown. */
export const healthQuery = queryOptions({
  queryKey: ['operations', 'list', 'health'],
  queryFn: ({ signal }) => api.get<InstallationHealth>('/api/health', undefined, signal),
  refetchInterval: 5_000,
});

export const leadCountsQuery = (mine: boolean) =>
  queryOptions({
    queryKey: ['leads', 'list', 'counts', mine],
    queryFn: ({ signal }) => api.get<LeadCounts>('/api/leads/counts', { mine }, signal),
  });

/** The leads to look at first. */
export const hottestLeadsQuery = (mine: boolean) =>
  queryOptions({
    queryKey: ['leads', 'list', 'hottest', mine],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ items: LeadListItem[] }>(
          '/api/leads',
          { mine, status: 'open', sort: 'hottest', limit: 5 },
          signal,
        )
      ).items,
  });
