import { IconTagOff } from '@tabler/icons-react';
import { LabelPicker } from '../fields/known-pickers.tsx';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'remove_label'>) {
  return (
    <LabelPicker
      label="Label"
      description="Contacts without it go on unchanged."
      value={settings.label ?? ''}
      onChange={(label) => onChange({ label })}
      error={errors.at('label')}
    />
  );
}

export const removeLabel: NodeView<'remove_label'> = {
  type: 'remove_label',
  family: 'stage',
  icon: IconTagOff,
  about: 'Takes a mark off',
  search: 'tag untag unmark list segment',
  fresh: () => ({ label: '' }),
  summary: ({ label }) => (label ? `“${label}”` : 'Choose a label'),
  Panel,
};
