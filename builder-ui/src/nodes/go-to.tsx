import { IconCornerUpLeft } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import { StepPicker } from '../fields/pickers.tsx';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'go_to'>) {
  return (
    <StepPicker
      label="Step"
      description="Going back is fine as long as there is a wait on the way round."
      value={settings.node ?? ''}
      onChange={(node) => onChange({ node })}
      error={errors.at('node')}
    />
  );
}

export const goTo: NodeView<'go_to'> = {
  type: 'go_to',
  family: 'flow',
  icon: IconCornerUpLeft,
  about: 'Goes on at another step',
  search: 'jump loop repeat back merge',
  fresh: () => ({ node: '' }),
  summary: ({ node }, names) => (node ? nameIn(names.nodes, node) : 'Choose a step'),
  Panel,
};
