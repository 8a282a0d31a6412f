import { queryOptions } from '@tanstack/react-query';
import type { AutomationUses, BulkAct, BulkResult, Colleague, Mapped, MappedReferences } from '@ripen/shared';
import { api } from './client.ts';

/** Who can own an automation. */
export const colleaguesQuery = queryOptions({
  queryKey: ['people', 'list', 'colleagues'],
  queryFn: async ({ signal }) => (await api.get<{ items: Colleague[] }>('/api/colleagues', undefined, signal)).items,
  staleTime: 60_000,
});

/** What an automation names, and what names it. */
export const automationUsesQuery = (id: string) =>
  queryOptions({
    queryKey: ['definitions', 'list', 'automation uses', id],
    queryFn: ({ signal }) =>
      api.get<AutomationUses>(`/api/automations/${encodeURIComponent(id)}/uses`, undefined, signal),
  });

/** So few at once that one sees how it goes on. */
const atOnce = 20;

/** Does the same to many automations and says of each what became of it. `onDone`: how many were tried so far. */
export const actInBulk = async (
  ids: readonly string[],
  act: BulkAct,
  onDone: (done: number) => void = () => undefined,
): Promise<BulkResult[]> => {
  const results: BulkResult[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const automations = ids.slice(from, from + atOnce);
    try {
      const { items } = await api.post<{ items: BulkResult[] }>('/api/automations/bulk', { automations, act });
      results.push(...items);
    } catch (error) {
      // What is done is done and has to be said; the rest was not tried.
      if (results.length === 0) throw error;
      const why = `Not tried: ${error instanceof Error ? error.message : 'the connection was lost.'}`;
      return [...results, ...ids.slice(from).map((id) => ({ id, name: id, done: false, why }))];
    }
    onDone(results.length);
  }
  return results;
};

/** Documents of elsewhere with what they name called as it is here, and what of it is not here. */
export const mapReferences = (documents: readonly Record<string, unknown>[], map: readonly Mapped[]) =>
  api.post<MappedReferences>('/api/references', { documents, map });
