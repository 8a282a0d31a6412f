import { IconHourglassHigh } from '@tabler/icons-react';
import { describeDuration } from '../fields/words.ts';
import type { NodeView } from './node-view.ts';

export const waitTime: NodeView<'wait_time'> = {
  type: 'wait_time',
  family: 'wait',
  icon: IconHourglassHigh,
  about: 'Goes on when the time is over',
  search: 'delay pause sleep days hours minutes weeks',
  fresh: () => ({ duration: { amount: 1, unit: 'days' } }),
  summary: ({ duration }) => `For ${describeDuration(duration)}`,
};
