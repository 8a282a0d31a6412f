import { Select, Stack } from '@mantine/core';
import { IconTarget } from '@tabler/icons-react';
import { ConditionEditor } from '../fields/conditions/condition-editor.tsx';
import { describeCondition } from '../fields/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';

const notYet = [
  { value: 'wait', label: 'Wait here until it is' },
  { value: 'go_on', label: 'Go on by “Missed”' },
] as const;

function Panel({ settings, onChange, errors }: PanelProps<'goal'>) {
  return (
    <Stack gap="md">
      <ConditionEditor
        label="Reached when"
        description="As soon as this holds, whoever waits in a step that leads here comes here at once, past what lies between."
        required
        value={settings.when}
        onChange={(when) => when && onChange({ ...settings, when })}
        errors={errors.under('when')}
      />
      <Select
        label="Who comes here before it is reached"
        data={notYet}
        value={settings.ifNotYet ?? 'wait'}
        allowDeselect={false}
        onChange={(ifNotYet) => ifNotYet && onChange({ ...settings, ifNotYet })}
      />
    </Stack>
  );
}

export const goal: NodeView<'goal'> = {
  type: 'goal',
  family: 'wait',
  icon: IconTarget,
  about: 'Pulls those who wait before it forward when it is reached',
  search: 'target done converted jump skip ahead until becomes customer won',
  fresh: (names) => {
    const last = names.stages.at(-1);
    return {
      when: last ? { kind: 'stage', in: [last.id] } : { kind: 'field', field: '', is: { op: 'equals', value: '' } },
      ifNotYet: 'wait',
    };
  },
  summary: ({ when }, names) => {
    if (!when) return 'Choose a condition';
    const words = describeCondition(when, names);
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  },
  portLabel: (_, port) => (port === 'reached' ? 'Reached' : port === 'missed' ? 'Missed' : port),
  Panel,
};
