import type { Automation } from '@ripen/shared';
import { modelId } from '../model.ts';
import { draw, end } from './draw.ts';

/** A clock starts it: the week begins with those worth a call. Whoever looks at the sample is told, because it has no other people. */
export const mondayList: Automation = draw({
  id: 'monday-list',
  name: "Monday's list",
  description:
    'Every Monday morning the hottest contacts who are in the market are told of inside Ripen, and carry a label until Friday evening.',
  triggers: [
    {
      type: 'schedule',
      when: { every: 'week', on: ['mon'], at: '08:00', zone: 'Europe/Berlin' },
      who: {
        kind: 'all',
        of: [
          { kind: 'segment', segment: 'in-market' },
          { kind: 'score', model: modelId, atLeast: 90 },
        ],
      },
    },
  ],
  whileInside: 'skip',
  nodes: [
    { id: 'mark', type: 'add_label', settings: { label: 'this week' }, at: [0, 1] },
    {
      id: 'tell',
      type: 'notify',
      settings: {
        channel: 'bell',
        subject: '{{firstName}} {{lastName}} of {{company}} is worth a call this week',
        body: '{{title}} in {{country}}, {{score:intent-and-fit}} points.',
      },
      at: [0, 2],
    },
    { id: 'week', type: 'wait_time', settings: { duration: { amount: 105, unit: 'hours' } }, at: [0, 3] },
    { id: 'unmark', type: 'remove_label', settings: { label: 'this week' }, at: [0, 4] },
    end('over', [0, 5]),
  ],
  arrows: [
    ['start', 'mark'],
    ['mark', 'tell'],
    ['tell', 'week'],
    ['week', 'unmark'],
    ['unmark', 'over'],
  ],
});
