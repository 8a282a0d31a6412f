import { IconHeartHandshake } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import type { NodeView } from './node-view.ts';

export const route: NodeView<'route'> = {
  type: 'route',
  family: 'sales',
  icon: IconHeartHandshake,
  about: 'Makes a lead for a sales person',
  search: 'assign hand over handoff lead owner rep queue team round robin',
  fresh: (names) => ({ queue: names.queues[0]?.id ?? '' }),
  summary: ({ queue }, names) => (queue ? `To ${nameIn(names.queues, queue)}` : 'Choose a sales queue'),
  portLabel: (_, port) => (port === 'routed' ? 'Routed' : port === 'no_one' ? 'No one free' : port),
};
