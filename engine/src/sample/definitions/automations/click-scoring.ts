import type { Automation } from '@ripen/shared';
import { modelId } from '../model.ts';
import { draw, end } from './draw.ts';

/** Scoring that repeats: every click counts, and one on pricing that is followed by a visit counts more. */
export const clickScoring: Automation = draw({
  id: 'click-scoring',
  name: 'Every e-mail click counts',
  description:
    'Each click gives 3 points, every time; the cap of the e-mail group is what ends it. Who clicked through to pricing and looks at it within two days gets 6 more.',
  triggers: [{ type: 'event', event: 'email_clicked' }],
  nodes: [
    {
      id: 'score',
      type: 'add_points',
      settings: { model: modelId, group: 'email', points: 3 },
      note: 'Counts every time: that is what a rule that counts once cannot do.',
      at: [0, 1],
    },
    {
      id: 'which-link',
      type: 'condition',
      settings: {
        branches: [
          {
            id: 'pricing',
            name: 'Link to pricing',
            when: { kind: 'property', property: 'link', is: { op: 'contains', value: '/pricing' } },
          },
        ],
      },
      at: [0, 2],
    },
    {
      id: 'visit',
      type: 'wait_event',
      settings: {
        event: 'page',
        where: { kind: 'property', property: 'path', is: { op: 'starts_with', value: '/pricing' } },
        timeout: { amount: 2, unit: 'days' },
      },
      at: [-0.5, 3],
    },
    {
      id: 'followed-through',
      type: 'add_points',
      settings: { model: modelId, group: 'web', points: 6, counts: { kind: 'at_most', times: 1, perDays: 14 } },
      at: [-1, 4],
    },
    end('other-link', [0.75, 3]),
    end('no-visit', [0, 4]),
    end('done', [-1, 5]),
  ],
  arrows: [
    ['start', 'score'],
    ['score', 'which-link'],
    ['which-link:pricing', 'visit'],
    ['which-link:else', 'other-link'],
    ['visit:happened', 'followed-through'],
    ['visit:timed_out', 'no-visit'],
    ['followed-through', 'done'],
  ],
});
