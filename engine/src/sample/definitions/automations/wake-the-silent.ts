import type { Automation } from '@ripen/shared';
import { modelId } from '../model.ts';
import { draw, end } from './draw.ts';

/** Silence is noticed before the score decays, and ends in one of two ways. */
export const wakeTheSilent: Automation = draw({
  id: 'wake-the-silent',
  name: 'Wake the silent',
  description:
    'After 45 days without a sign, contacts who were interested are marked for re-engagement. Who comes back within three weeks is welcomed with points; who does not loses half of the behaviour.',
  triggers: [{ type: 'inactive', days: 45 }],
  reentry: { kind: 'at_most', times: 1, perDays: 90 },
  whileInside: 'skip',
  nodes: [
    {
      id: 'worth-it',
      type: 'condition',
      settings: {
        branches: [
          {
            id: 'yes',
            name: 'Behaviour worth keeping',
            when: { kind: 'score', model: modelId, part: 'behaviour', atLeast: 12 },
          },
        ],
      },
      at: [0, 1],
    },
    { id: 'mark', type: 'add_label', settings: { label: 're-engage' }, at: [-0.5, 2] },
    {
      id: 'comes-back',
      type: 'wait_event',
      settings: { event: 'page', timeout: { amount: 3, unit: 'weeks' } },
      note: 'Marketing writes to everybody with the label; a visit says that it worked.',
      at: [-0.5, 3],
    },
    { id: 'unmark', type: 'remove_label', settings: { label: 're-engage' }, at: [-1, 4] },
    {
      id: 'welcome',
      type: 'add_points',
      settings: { model: modelId, group: 'web', points: 5 },
      at: [-1, 5],
    },
    { id: 'halve', type: 'decay_percent', settings: { model: modelId, percent: 50 }, at: [0, 4] },
    { id: 'dormant', type: 'add_label', settings: { label: 'dormant' }, at: [0, 5] },
    end('not-worth-it', [0.75, 2]),
    end('back', [-1, 6]),
    end('asleep', [0, 6]),
  ],
  arrows: [
    ['start', 'worth-it'],
    ['worth-it:yes', 'mark'],
    ['worth-it:else', 'not-worth-it'],
    ['mark', 'comes-back'],
    ['comes-back:happened', 'unmark'],
    ['comes-back:timed_out', 'halve'],
    ['unmark', 'welcome'],
    ['welcome', 'back'],
    ['halve', 'dormant'],
    ['dormant', 'asleep'],
  ],
});
