import type { DefinitionInput } from '@ripen/shared';

export const startAt = Date.UTC(2026, 0, 5, 9);

export const model = {
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
  rules: [],
} satisfies DefinitionInput;

/** Who asks waits for a week in it, and then gets the points. */
export const flow = (points: number): DefinitionInput => ({
  kind: 'automation',
  id: 'flow',
  name: 'Flow',
  triggers: [{ type: 'event', event: 'asked' }],
  nodes: [
    { id: 'week', type: 'wait_time', settings: { duration: { amount: 7, unit: 'days' } } },
    { id: 'give', type: 'add_points', settings: { model: 'interest', points } },
  ],
  edges: [
    { from: 'start', to: 'week' },
    { from: 'week', to: 'give' },
  ],
});
