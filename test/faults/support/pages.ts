import { definitionSchema, type Definition, type DefinitionInput } from '@ripen/shared';

type ModelInput = Extract<DefinitionInput, { kind: 'model' }>;

/** A score model that counts every page; two points each unless told otherwise. */
export const pageModel = (points = 2, more: Partial<ModelInput> = {}): Definition =>
  definitionSchema.parse({
    kind: 'model',
    id: 'score',
    name: 'Score',
    groups: [{ id: 'use', name: 'Use', kind: 'behaviour' }],
    rules: [
      {
        kind: 'behaviour',
        id: 'page',
        name: 'Page',
        group: 'use',
        points,
        event: 'page',
        counts: { kind: 'every_time' },
      },
    ],
    ...more,
  });
