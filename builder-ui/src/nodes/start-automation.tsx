import { IconPlayerPlay } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import { AutomationPicker } from '../fields/pickers.tsx';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'start_automation'>) {
  return (
    <AutomationPicker
      label="Automation"
      description="It must have “Started by hand” among what starts it."
      value={settings.automation ?? ''}
      onChange={(automation) => onChange({ automation })}
      error={errors.at('automation')}
    />
  );
}

export const startAutomation: NodeView<'start_automation'> = {
  type: 'start_automation',
  family: 'flow',
  icon: IconPlayerPlay,
  about: 'The contact enters it, and goes on here too',
  search: 'enrol enroll trigger run call sub workflow',
  fresh: () => ({ automation: '' }),
  summary: ({ automation }, names) => (automation ? nameIn(names.automations, automation) : 'Choose an automation'),
  Panel,
};
