import { IconStairs } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import type { NodeView } from './node-view.ts';

export const moveStage: NodeView<'move_stage'> = {
  type: 'move_stage',
  family: 'stage',
  icon: IconStairs,
  about: 'Whatever the score says',
  search: 'lifecycle status mql sql qualify promote demote customer disqualify',
  fresh: (names) => ({ stage: names.stages[0]?.id ?? '' }),
  summary: ({ stage }, names) => (stage ? `To ${nameIn(names.stages, stage)}` : 'Choose a stage'),
};
