import { IconTagOff } from '@tabler/icons-react';
import type { NodeView } from './node-view.ts';

export const removeLabel: NodeView<'remove_label'> = {
  type: 'remove_label',
  family: 'stage',
  icon: IconTagOff,
  about: 'Takes a mark off',
  search: 'tag untag unmark list segment',
  fresh: () => ({ label: '' }),
  summary: ({ label }) => (label ? `“${label}”` : 'Choose a label'),
};
