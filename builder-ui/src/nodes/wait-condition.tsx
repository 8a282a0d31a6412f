import { Stack } from '@mantine/core';
import { IconEyeCheck } from '@tabler/icons-react';
import { ConditionEditor } from '../fields/conditions/condition-editor.tsx';
import { DurationField } from '../fields/duration-field.tsx';
import { describeCondition, describeDuration } from '../fields/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'wait_condition'>) {
  return (
    <Stack gap="md">
      <ConditionEditor
        label="Wait until"
        description="Looked at whenever something changes and as time passes. What holds already is not waited for."
        required
        value={settings.when}
        onChange={(when) => when && onChange({ ...settings, when })}
        errors={errors.under('when')}
      />
      <DurationField
        label="At most"
        description="Then the contact goes on by “Timed out”."
        value={settings.timeout}
        onChange={(timeout) => onChange({ ...settings, timeout })}
        errors={errors.under('timeout')}
      />
    </Stack>
  );
}

export const waitCondition: NodeView<'wait_condition'> = {
  type: 'wait_condition',
  family: 'wait',
  icon: IconEyeCheck,
  about: 'One way when it becomes true, another if it does not in time',
  search: 'until if score field stage label segment becomes true timeout',
  fresh: () => ({
    when: { kind: 'field', field: '', is: { op: 'equals', value: '' } },
    timeout: { amount: 7, unit: 'days' },
  }),
  summary: ({ when, timeout }, names) =>
    when ? `Until ${describeCondition(when, names)}, at most ${describeDuration(timeout)}` : 'Choose a condition',
  portLabel: (_, port) => (port === 'met' ? 'True' : port === 'timed_out' ? 'Timed out' : port),
  Panel,
};
