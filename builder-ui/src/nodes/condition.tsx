import { IconGitBranch } from '@tabler/icons-react';
import { describeCondition } from '../fields/words.ts';
import { BranchesPanel } from './branches-panel.tsx';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'condition'>) {
  return (
    <BranchesPanel
      branches={settings.branches ?? []}
      onChange={(branches) => onChange({ branches })}
      errors={errors.under('branches')}
    />
  );
}

export const condition: NodeView<'condition'> = {
  type: 'condition',
  family: 'condition',
  icon: IconGitBranch,
  about: 'Different ways for different contacts',
  search: 'if else filter branch segment only when field score stage label',
  fresh: () => ({
    branches: [{ id: 'yes', name: 'Yes', when: { kind: 'field', field: '', is: { op: 'equals', value: '' } } }],
  }),
  summary: ({ branches = [] }, names) => {
    const [first] = branches;
    if (!first) return 'No branch yet';
    if (branches.length > 1) return branches.map((branch) => branch.name || '…').join(', else ');
    const words = describeCondition(first.when, names);
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  },
  portLabel: ({ branches = [] }, port) => {
    if (port === 'else') return branches.length === 1 && branches[0]?.name === 'Yes' ? 'No' : 'Otherwise';
    return branches.find((branch) => branch.id === port)?.name ?? port;
  },
  Panel,
};
