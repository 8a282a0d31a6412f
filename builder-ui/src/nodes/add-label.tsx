import { IconTag } from '@tabler/icons-react';
import type { NodeView } from './node-view.ts';

export const addLabel: NodeView<'add_label'> = {
  type: 'add_label',
  family: 'stage',
  icon: IconTag,
  about: 'A mark to find and filter by',
  search: 'tag mark list segment',
  fresh: () => ({ label: '' }),
  summary: ({ label }) => (label ? `“${label}”` : 'Choose a label'),
};
