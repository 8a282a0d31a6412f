import { IconTag } from '@tabler/icons-react';
import { LabelPicker } from '../fields/known-pickers.tsx';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'add_label'>) {
  return (
    <LabelPicker
      label="Label"
      description="One in use, or a new one."
      value={settings.label ?? ''}
      onChange={(label) => onChange({ label })}
      error={errors.at('label')}
    />
  );
}

export const addLabel: NodeView<'add_label'> = {
  type: 'add_label',
  family: 'stage',
  icon: IconTag,
  about: 'A mark to find and filter by',
  search: 'tag mark list segment',
  fresh: () => ({ label: '' }),
  summary: ({ label }) => (label ? `“${label}”` : 'Choose a label'),
  Panel,
};
