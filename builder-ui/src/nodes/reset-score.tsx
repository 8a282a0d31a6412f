import { IconRotateClockwise } from '@tabler/icons-react';
import type { NodeView } from './node-view.ts';
import { modelWords, usualModel } from './scoring.ts';

export const resetScore: NodeView<'reset_score'> = {
  type: 'reset_score',
  family: 'points',
  icon: IconRotateClockwise,
  about: 'The count starts again; points for who somebody is stay',
  search: 'clear zero start over renew',
  fresh: (names) => ({ model: usualModel(names) }),
  summary: ({ model }, names) => `${modelWords(names, model)} starts again`,
};
