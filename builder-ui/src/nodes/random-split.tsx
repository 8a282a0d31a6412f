import { IconArrowsSplit2 } from '@tabler/icons-react';
import { number } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';
import { SharesPanel } from './shares-panel.tsx';

function Panel({ settings, onChange, errors }: PanelProps<'random_split'>) {
  return (
    <SharesPanel
      branches={settings.branches ?? []}
      onChange={(branches) => onChange({ branches })}
      errors={errors.under('branches')}
    />
  );
}

export const randomSplit: NodeView<'random_split'> = {
  type: 'random_split',
  family: 'condition',
  icon: IconArrowsSplit2,
  about: 'By percentage; a contact always takes the same way',
  search: 'a/b test experiment percentage random chance holdout control group',
  fresh: () => ({
    branches: [
      { id: 'a', name: 'A', percent: 50 },
      { id: 'b', name: 'B', percent: 50 },
    ],
  }),
  summary: ({ branches = [] }) =>
    branches.map(({ name, percent }) => `${name || '…'} ${percent === undefined ? '…' : number(percent)}%`).join(', '),
  portLabel: ({ branches = [] }, port) => {
    const branch = branches.find(({ id }) => id === port);
    return branch ? `${branch.name} ${number(branch.percent ?? 0)}%` : port;
  },
  Panel,
};
