import { IconAlertTriangle } from '@tabler/icons-react';
import { signed } from '../ui/words.ts';
import type { NodeView } from './node-view.ts';
import { countsWords, modelWords, usualGroup, usualModel } from './scoring.ts';

export const penalty: NodeView<'penalty'> = {
  type: 'penalty',
  family: 'points',
  icon: IconAlertTriangle,
  about: 'A bad sign that stays, and may go below zero',
  search: 'negative minus bad fit unsubscribe competitor spam punish',
  fresh: (names) => {
    const model = usualModel(names);
    return { model, group: usualGroup(names, model), points: 10, counts: { kind: 'every_time' }, decays: false };
  },
  summary: ({ model, points, counts }, names) =>
    `${points === undefined ? '−…' : signed(-points)} from ${modelWords(names, model)}, ${countsWords(counts)}`,
};
