import { IconFlag } from '@tabler/icons-react';
import type { NodeView } from './node-view.ts';

export const end: NodeView<'end'> = {
  type: 'end',
  family: 'flow',
  icon: IconFlag,
  about: 'The contact leaves the automation',
  search: 'stop exit finish leave done',
  fresh: () => ({}),
  summary: () => 'Leaves the automation',
};
