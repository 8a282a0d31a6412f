import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  AccountDetail,
  AccountForecast,
  AccountModel,
  accountContactsSchema,
  accountPageSchema,
  DefinitionSummary,
  ModelChecks,
  SetAccountFields,
} from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';
import { publishedOf } from './handoff.ts';

/** What the list of accounts can be asked for; empty texts ask for nothing. */
export interface AccountFilters {
  q?: string | undefined;
  model?: string | undefined;
  band?: string | undefined;
  sort?: string | undefined;
}

const pageSize = 50;

export const accountsQuery = ({ q, model, band, sort }: AccountFilters) => {
  const asked = { q, model, band, sort };
  return infiniteQueryOptions({
    queryKey: ['accounts', 'list', 'all', asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<z.infer<typeof accountPageSchema>>(
        '/api/accounts',
        { ...asked, after: pageParam, limit: pageSize },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
};

/** An account as of now, with why each score is what it is. */
export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['accounts', 'detail', id],
    queryFn: ({ signal }) => api.get<AccountDetail>(`/api/accounts/${id}`, undefined, signal),
  });

export const accountForecastQuery = (id: string) =>
  queryOptions({
    queryKey: ['accounts', 'detail', id, 'forecast'],
    queryFn: ({ signal }) => api.get<AccountForecast>(`/api/accounts/${id}/forecast`, { days: 30 }, signal),
  });

/** The contacts of an account, the highest score first. */
export const accountContactsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['accounts', 'detail', id, 'contacts'],
    queryFn: ({ pageParam, signal }) =>
      api.get<z.infer<typeof accountContactsSchema>>(
        `/api/accounts/${id}/contacts`,
        { after: pageParam, limit: pageSize },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** Says something of an account; its contacts hear of it like of an event. */
export const setAccountFields = (id: string, said: SetAccountFields): Promise<unknown> =>
  api.post(`/api/accounts/${id}/fields`, said);

/** Account models in force. */
export const accountModelsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'account model documents'],
  queryFn: ({ signal }) => publishedOf<AccountModel>('account-models', signal),
});

/** What accounts say against a model for them that is in force. */
export const accountModelChecksQuery = (model: string) =>
  queryOptions({
    queryKey: ['accounts+definitions', 'list', 'checks', model],
    queryFn: async ({ signal }) =>
      (await api.get<ModelChecks>(`/api/account-models/${model}/checks`, undefined, signal)).items,
  });

/** Every account model, drafts too. */
export const listedAccountModelsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'account-models'],
  queryFn: async ({ signal }) =>
    (await api.get<{ items: DefinitionSummary[] }>('/api/account-models', undefined, signal)).items,
});
