import { IconEqual } from '@tabler/icons-react';
import { number } from '../ui/words.ts';
import type { NodeView } from './node-view.ts';
import { modelWords, usualModel } from './scoring.ts';

export const setScore: NodeView<'set_score'> = {
  type: 'set_score',
  family: 'points',
  icon: IconEqual,
  about: 'To a value, for good',
  search: 'fix exact override adjust',
  fresh: (names) => ({ model: usualModel(names), score: 0 }),
  summary: ({ model, score }, names) => `${modelWords(names, model)} to ${score === undefined ? '…' : number(score)}`,
};
