import { segmentSchema, type Condition, type Segment } from '@ripen/shared';
import { modelId } from './model.ts';

const segment = (id: string, name: string, description: string, when: Condition): Segment =>
  segmentSchema.parse({ kind: 'segment', id, name, description, when });

/** Groups of contacts that people ask for again and again: one for sales, one for the product, one for marketing. */
export const sampleSegments: readonly Segment[] = [
  segment(
    'in-market',
    'In the market now',
    'Companies of the right size, in countries with a sales team, who score well and looked at prices in the last 30 days.',
    {
      kind: 'all',
      of: [
        {
          kind: 'field',
          field: 'country',
          is: { op: 'one_of', values: 'United States; Canada; United Kingdom; Germany; France; Netherlands; Sweden' },
        },
        { kind: 'field', field: 'employees', is: { op: 'between', from: 50, to: 5_000 } },
        { kind: 'score', model: modelId, atLeast: 40 },
        {
          kind: 'performed',
          event: 'page',
          where: { kind: 'property', property: 'path', is: { op: 'starts_with', value: '/pricing' } },
          withinDays: 30,
        },
      ],
    },
  ),
  segment(
    'trial-without-meeting',
    'On a trial, no meeting yet',
    'Started a trial in the last 60 days and never booked a meeting.',
    {
      kind: 'all',
      of: [
        { kind: 'performed', event: 'trial_started', withinDays: 60 },
        { kind: 'not', of: { kind: 'performed', event: 'meeting_booked' } },
      ],
    },
  ),
  segment('gone-silent', 'Gone silent', 'Were interested once and show no sign now: marked by “Wake the silent”.', {
    kind: 'any',
    of: [
      { kind: 'label', label: 're-engage' },
      { kind: 'label', label: 'dormant' },
    ],
  }),
];
