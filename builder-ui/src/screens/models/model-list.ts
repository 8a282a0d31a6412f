import { queryOptions } from '@tanstack/react-query';
import type { DefinitionSummary, ScoreModel } from '@ripen/shared';
import { api } from '../../api/client.ts';
import type { DefinitionDetail } from '../../api/definitions.ts';

/** A model as its list shows it; figures are of the draft where there is one. */
export interface ListedModel extends DefinitionSummary {
  description: string;
  rules: number;
  groups: readonly string[];
  /** Its score drives the stages. */
  drivesLifecycle: boolean;
}

const named = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap((item: unknown) =>
        typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string' ? [item.name] : [],
      )
    : [];

/** Drafts may hold anything. */
export const listed = (detail: DefinitionDetail, lifecycleModel: string | null): ListedModel => {
  const document = (detail.draft?.document ?? detail.document ?? {}) as Partial<Record<keyof ScoreModel, unknown>>;
  const { description, rules, groups } = document;
  return {
    ...detail,
    description: typeof description === 'string' ? description : '',
    rules: Array.isArray(rules) ? rules.length : 0,
    groups: named(groups),
    drivesLifecycle: detail.id === lifecycleModel,
  };
};

/** Every model; the archived ones last. */
export const modelsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'models whole'],
  queryFn: async ({ signal }) => {
    const [models, lifecycles] = await Promise.all(
      ['models', 'lifecycle'].map((collection) =>
        api.get<{ items: DefinitionSummary[] }>(`/api/${collection}`, undefined, signal),
      ),
    );
    const detail = (collection: string, id: string): Promise<DefinitionDetail> =>
      api.get<DefinitionDetail>(`/api/${collection}/${encodeURIComponent(id)}`, undefined, signal);
    const live = lifecycles?.items.find(({ version }) => version !== null);
    const lifecycle = live ? (await detail('lifecycle', live.id)).document : null;
    const drives = typeof lifecycle?.['model'] === 'string' ? lifecycle['model'] : null;
    const details = await Promise.all((models?.items ?? []).map(({ id }) => detail('models', id)));
    return details
      .map((model) => listed(model, drives))
      .sort(
        (a, b) =>
          Number(a.status === 'archived') - Number(b.status === 'archived') ||
          Number(b.drivesLifecycle) - Number(a.drivesLifecycle) ||
          a.name.localeCompare(b.name),
      );
  },
});
