import type { Automation } from '@ripen/shared';
import { modelId } from '../model.ts';
import { draw, end } from './draw.ts';

/** The handoff itself: by region to the right team, and then an eye on whether they meet. */
export const mqlHandoff: Automation = draw({
  id: 'mql-handoff',
  name: 'Hand MQLs to sales',
  description:
    'Whoever ripens to MQL, at 70 points, goes to the team of the region. A meeting within ten days makes an SQL; without one the managers hear of it.',
  triggers: [{ type: 'score_crosses', model: modelId, value: 70, direction: 'up' }],
  reentry: { kind: 'at_most', times: 1, perDays: 60 },
  whileInside: 'skip',
  nodes: [
    {
      id: 'region',
      type: 'condition',
      settings: {
        branches: [
          {
            id: 'america',
            name: 'North America',
            when: { kind: 'field', field: 'country', is: { op: 'one_of', values: 'United States; Canada; Mexico' } },
          },
          {
            id: 'europe',
            name: 'Europe, 200 or more employees',
            when: {
              kind: 'all',
              of: [
                {
                  kind: 'field',
                  field: 'country',
                  is: {
                    op: 'one_of',
                    values: 'United Kingdom; Germany; France; Netherlands; Sweden; Spain; Italy; Poland; Ireland',
                  },
                },
                { kind: 'field', field: 'employees', is: { op: 'at_least', value: 200 } },
              ],
            },
          },
        ],
      },
      at: [0, 1],
    },
    { id: 'to-executives', type: 'route', settings: { queue: 'account-executives' }, at: [-0.75, 2] },
    { id: 'to-development', type: 'route', settings: { queue: 'sales-development' }, at: [0.75, 2] },
    {
      id: 'tell',
      type: 'notify',
      settings: {
        channel: 'sales-hook',
        subject: '{{firstName}} {{lastName}} of {{company}} is ripe',
        body: '{{title}}, {{country}}: {{score:intent-and-fit}} points. Open the lead to see why.',
      },
      at: [0, 3],
    },
    {
      id: 'meeting',
      type: 'wait_event',
      settings: { event: 'meeting_booked', timeout: { amount: 10, unit: 'days' } },
      at: [0, 4],
    },
    { id: 'to-sql', type: 'move_stage', settings: { stage: 'sql' }, at: [-0.75, 5] },
    {
      id: 'remind',
      type: 'notify',
      settings: {
        channel: 'sales-managers',
        subject: 'No meeting with {{company}} in ten days',
        body: '{{firstName}} {{lastName}} ({{email}}) was handed over ten days ago and has not booked a meeting.',
      },
      at: [0.75, 5],
    },
    { id: 'cooling', type: 'add_label', settings: { label: 'no meeting' }, at: [0.75, 6] },
    { id: 'unassigned', type: 'add_label', settings: { label: 'unassigned' }, at: [1.75, 3] },
    end('nobody', [1.75, 4]),
    end('met', [-0.75, 6]),
    end('not-met', [0.75, 7]),
  ],
  arrows: [
    ['start', 'region'],
    ['region:america', 'to-executives'],
    ['region:europe', 'to-executives'],
    ['region:else', 'to-development'],
    ['to-executives:routed', 'tell'],
    ['to-executives:no_one', 'unassigned'],
    ['to-development:routed', 'tell'],
    ['to-development:no_one', 'unassigned'],
    ['tell', 'meeting'],
    ['meeting:happened', 'to-sql'],
    ['meeting:timed_out', 'remind'],
    ['remind', 'cooling'],
    ['to-sql', 'met'],
    ['cooling', 'not-met'],
    ['unassigned', 'nobody'],
  ],
});
