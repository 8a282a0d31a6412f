import type { Automation } from '@ripen/shared';
import { draw } from './draw.ts';

/** Not published: somebody is still drawing it. */
export const afterTheWin: Automation = draw({
  id: 'after-the-win',
  name: 'After the win',
  description: 'Being drawn: what happens once a lead is won.',
  triggers: [{ type: 'lead', outcome: 'won' }],
  nodes: [
    { id: 'customer', type: 'add_label', settings: { label: 'customer' }, at: [0, 1] },
    {
      id: 'tell',
      type: 'notify',
      settings: { channel: 'sales-hook', subject: '{{company}} is a customer', body: 'Well done!' },
      at: [0, 2],
    },
    { id: 'settle-in', type: 'wait_time', settings: { duration: { amount: 30, unit: 'days' } }, at: [0, 3] },
  ],
  arrows: [
    ['start', 'customer'],
    ['customer', 'tell'],
    ['tell', 'settle-in'],
  ],
});
