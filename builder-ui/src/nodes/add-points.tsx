import { IconCirclePlus } from '@tabler/icons-react';
import { signed } from '../ui/words.ts';
import type { NodeView } from './node-view.ts';
import { countsWords, modelWords, usualGroup, usualModel } from './scoring.ts';

export const addPoints: NodeView<'add_points'> = {
  type: 'add_points',
  family: 'points',
  icon: IconCirclePlus,
  about: 'For what a contact did',
  search: 'score increase raise plus give award',
  fresh: (names) => {
    const model = usualModel(names);
    return { model, group: usualGroup(names, model), points: 10, counts: { kind: 'every_time' }, decays: true };
  },
  summary: ({ model, points, counts }, names) =>
    `${points === undefined ? '+…' : signed(points)} to ${modelWords(names, model)}, ${countsWords(counts)}`,
};
