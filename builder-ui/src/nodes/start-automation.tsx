import { IconPlayerPlay } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import type { NodeView } from './node-view.ts';

export const startAutomation: NodeView<'start_automation'> = {
  type: 'start_automation',
  family: 'flow',
  icon: IconPlayerPlay,
  about: 'The contact enters it, and goes on here too',
  search: 'enrol enroll trigger run call sub workflow',
  fresh: () => ({ automation: '' }),
  summary: ({ automation }, names) => (automation ? nameIn(names.automations, automation) : 'Choose an automation'),
};
