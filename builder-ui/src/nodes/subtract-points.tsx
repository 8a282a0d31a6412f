import { IconCircleMinus } from '@tabler/icons-react';
import { number, signed } from '../ui/words.ts';
import type { NodeView } from './node-view.ts';
import { countsWords, modelWords, usualModel } from './scoring.ts';

export const subtractPoints: NodeView<'subtract_points'> = {
  type: 'subtract_points',
  family: 'points',
  icon: IconCircleMinus,
  about: 'Interest fades, but not below a floor',
  search: 'score decrease lower minus reduce cool decay',
  fresh: (names) => ({ model: usualModel(names), points: 10, floor: 0, counts: { kind: 'every_time' } }),
  summary: ({ model, points, floor = 0, counts }, names) =>
    `${points === undefined ? '−…' : signed(-points)} from ${modelWords(names, model)}, not below ${number(floor)}, ${countsWords(counts)}`,
};
