import { IconStairs } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import { StagePicker } from '../fields/pickers.tsx';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'move_stage'>) {
  return (
    <StagePicker
      label="Stage"
      description="The contact stays there until its score crosses a threshold beyond it."
      value={settings.stage ?? ''}
      onChange={(stage) => onChange({ stage })}
      error={errors.at('stage')}
    />
  );
}

export const moveStage: NodeView<'move_stage'> = {
  type: 'move_stage',
  family: 'stage',
  icon: IconStairs,
  about: 'Whatever the score says',
  search: 'lifecycle status mql sql qualify promote demote customer disqualify',
  fresh: (names) => ({ stage: names.stages[0]?.id ?? '' }),
  summary: ({ stage }, names) => (stage ? `To ${nameIn(names.stages, stage)}` : 'Choose a stage'),
  Panel,
};
