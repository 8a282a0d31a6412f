import { IconTrendingDown } from '@tabler/icons-react';
import { number } from '../ui/words.ts';
import type { NodeView } from './node-view.ts';
import { modelWords, usualModel } from './scoring.ts';

export const decayPercent: NodeView<'decay_percent'> = {
  type: 'decay_percent',
  family: 'points',
  icon: IconTrendingDown,
  about: 'A share of what behaviour earned fades',
  search: 'percentage reduce fade cool halve',
  fresh: (names) => ({ model: usualModel(names), percent: 25, floor: 0 }),
  summary: ({ model, percent, floor = 0 }, names) =>
    `−${percent === undefined ? '…' : number(percent)}% of ${modelWords(names, model)}, not below ${number(floor)}`,
};
