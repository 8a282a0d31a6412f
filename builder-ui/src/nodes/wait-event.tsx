import { IconHandClick } from '@tabler/icons-react';
import { describeCondition, describeDuration, eventWords } from '../fields/words.ts';
import type { NodeView } from './node-view.ts';

export const waitEvent: NodeView<'wait_event'> = {
  type: 'wait_event',
  family: 'wait',
  icon: IconHandClick,
  about: 'One way if it happens, another if it does not',
  search: 'until goal timeout response reply does not within',
  fresh: () => ({ event: '', timeout: { amount: 7, unit: 'days' } }),
  summary: ({ event, where, timeout }, names) => {
    if (!event) return 'Choose an event';
    const filter = where ? ` if ${describeCondition(where, names, event)}` : '';
    return `“${eventWords(event, names)}”${filter}, at most ${describeDuration(timeout)}`;
  },
  portLabel: (_, port) => (port === 'happened' ? 'Happened' : port === 'timed_out' ? 'Timed out' : port),
};
