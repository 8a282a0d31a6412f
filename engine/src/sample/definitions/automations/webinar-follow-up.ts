import type { Automation } from '@ripen/shared';
import { modelId } from '../model.ts';
import { draw, end } from './draw.ts';

/** An experiment: half of the audience is offered a talk, half a guide. */
export const webinarFollowUp: Automation = draw({
  id: 'webinar-follow-up',
  name: 'Webinar follow-up',
  description:
    'Half of those who attended are offered a talk, half a guide: which of the two makes more meetings? The labels say who was in which half.',
  triggers: [
    {
      type: 'event',
      event: 'webinar_attended',
      where: { kind: 'property', property: 'percentWatched', is: { op: 'at_least', value: 30 } },
    },
  ],
  reentry: { kind: 'once_per', property: 'webinar' },
  nodes: [
    {
      id: 'half',
      type: 'random_split',
      settings: {
        branches: [
          { id: 'talk', name: 'Offer a talk', percent: 50 },
          { id: 'guide', name: 'Offer the guide', percent: 50 },
        ],
      },
      note: 'The same contact always falls into the same half.',
      at: [0, 1],
    },
    { id: 'label-talk', type: 'add_label', settings: { label: 'webinar: talk' }, at: [-1, 2] },
    { id: 'label-guide', type: 'add_label', settings: { label: 'webinar: guide' }, at: [1, 2] },
    {
      id: 'talks',
      type: 'wait_event',
      settings: { event: 'meeting_booked', timeout: { amount: 7, unit: 'days' } },
      at: [-1, 3],
    },
    {
      id: 'breather',
      type: 'wait_time',
      settings: { duration: { amount: 3, unit: 'days' } },
      at: [1, 3],
    },
    {
      id: 'read-it',
      type: 'condition',
      settings: {
        branches: [
          {
            id: 'yes',
            name: 'Downloaded it since',
            when: { kind: 'performed', event: 'guide_downloaded', withinDays: 3, atLeast: 1 },
          },
        ],
      },
      at: [1, 4],
    },
    {
      id: 'keen',
      type: 'add_points',
      settings: { model: modelId, group: 'web', points: 8, counts: { kind: 'at_most', times: 1, perDays: 30 } },
      at: [-1.5, 4],
    },
    { id: 'nurture-talk', type: 'add_label', settings: { label: 'nurture' }, at: [-0.5, 4] },
    {
      id: 'read',
      type: 'add_points',
      settings: { model: modelId, group: 'web', points: 5, counts: { kind: 'at_most', times: 1, perDays: 30 } },
      at: [0.5, 5],
    },
    { id: 'nurture-guide', type: 'add_label', settings: { label: 'nurture' }, at: [1.5, 5] },
    end('talked', [-1.5, 5]),
    end('not-talked', [-0.5, 5]),
    end('has-read', [0.5, 6]),
    end('not-read', [1.5, 6]),
  ],
  arrows: [
    ['start', 'half'],
    ['half:talk', 'label-talk'],
    ['half:guide', 'label-guide'],
    ['label-talk', 'talks'],
    ['label-guide', 'breather'],
    ['breather', 'read-it'],
    ['talks:happened', 'keen'],
    ['talks:timed_out', 'nurture-talk'],
    ['read-it:yes', 'read'],
    ['read-it:else', 'nurture-guide'],
    ['keen', 'talked'],
    ['nurture-talk', 'not-talked'],
    ['read', 'has-read'],
    ['nurture-guide', 'not-read'],
  ],
});
