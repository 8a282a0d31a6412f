import { IconCornerUpLeft } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import type { NodeView } from './node-view.ts';

export const goTo: NodeView<'go_to'> = {
  type: 'go_to',
  family: 'flow',
  icon: IconCornerUpLeft,
  about: 'Goes on at another step',
  search: 'jump loop repeat back merge',
  fresh: () => ({ node: '' }),
  summary: ({ node }, names) => (node ? nameIn(names.nodes, node) : 'Choose a step'),
};
