import { startNodeId, type DefinitionInput } from '@ripen/shared';
import { queueId } from './world-scores.ts';

/** A webhook that generated definitions name; live tests put a server of theirs there. */
export const hookId = 'sales-hook';
/** Tells sales inside the product. */
export const bellId = 'bell';
/** The system that requests ask. */
export const lookupId = 'lookup';

type Edge = { from: string; port?: string; to: string };
const chain = (...ids: string[]): Edge[] => ids.slice(1).map((to, index) => ({ from: ids[index] ?? startNodeId, to }));

/** A system that is asked about contacts; what it says changes them. */
export const lookup = (url: string): DefinitionInput[] => [
  { kind: 'channel', id: lookupId, name: 'Look-up', type: 'webhook', url },
  {
    kind: 'automation',
    id: 'f-lookup',
    name: 'Look up',
    triggers: [{ type: 'event', event: 'page_viewed' }],
    reentry: { kind: 'at_most', times: 1, perDays: 12 },
    nodes: [
      {
        id: 'ask',
        type: 'http_request',
        // A rule looks at what is saved.
        settings: { channel: lookupId, body: '{{score:intent}}', save: [{ from: 'title', field: 'title' }] },
      },
      { id: 'known', type: 'add_points', settings: { model: 'habit', group: 'use', points: 3 } },
      { id: 'unknown', type: 'penalty', settings: { model: 'habit', group: 'use', points: 2 } },
    ],
    edges: [
      ...chain(startNodeId, 'ask'),
      { from: 'ask', port: 'response', to: 'known' },
      { from: 'ask', port: 'failed', to: 'unknown' },
    ],
  },
];

/** Waits that are met and that time out, routes from events and from silence, a segment that is entered and left. */
export const automations = (hookUrl: string): DefinitionInput[] => [
  {
    kind: 'segment',
    id: 'keen',
    name: 'Keen',
    when: {
      kind: 'all',
      of: [
        { kind: 'band', model: 'intent', in: ['warm', 'ripe'] },
        { kind: 'performed', event: 'email_opened', withinDays: 14 },
      ],
    },
  },
  {
    kind: 'automation',
    id: 'e-keen',
    name: 'Keen',
    triggers: [
      { type: 'segment_entered', segment: 'keen' },
      { type: 'segment_left', segment: 'keen' },
      { type: 'label_added', label: 'partner' },
    ],
    whileInside: 'side_by_side',
    nodes: [
      { id: 'more', type: 'add_points', settings: { model: 'habit', group: 'use', points: 2 } },
      { id: 'day', type: 'wait_time', settings: { duration: { amount: 36, unit: 'hours' } } },
      { id: 'less', type: 'subtract_points', settings: { model: 'habit', points: 1 } },
    ],
    edges: chain(startNodeId, 'more', 'day', 'less'),
  },
  { kind: 'channel', id: hookId, name: 'Sales hook', type: 'webhook', url: hookUrl },
  { kind: 'channel', id: bellId, name: 'Bell', type: 'in_app', to: { kind: 'role', role: 'sales' } },
  {
    kind: 'automation',
    id: 'a-forms',
    name: 'Forms to sales',
    triggers: [{ type: 'event', event: 'form_submitted' }],
    nodes: [
      { id: 'sales', type: 'route', settings: { queue: queueId } },
      { id: 'thanks', type: 'add_points', settings: { model: 'habit', group: 'use', points: 5 } },
      { id: 'later', type: 'wait_time', settings: { duration: { amount: 6, unit: 'days' } } },
      { id: 'cool', type: 'subtract_points', settings: { model: 'intent', points: 3, floor: 2 } },
      { id: 'nobody', type: 'penalty', settings: { model: 'habit', group: 'use', points: 1 } },
    ],
    edges: [
      ...chain(startNodeId, 'sales'),
      { from: 'sales', port: 'routed', to: 'thanks' },
      { from: 'sales', port: 'no_one', to: 'nobody' },
      ...chain('thanks', 'later', 'cool'),
    ],
  },
  {
    kind: 'automation',
    id: 'b-silence',
    name: 'Silent for 12 days',
    triggers: [{ type: 'inactive', days: 12 }],
    whileInside: 'restart',
    nodes: [
      { id: 'sales', type: 'route', settings: { queue: queueId } },
      { id: 'tell', type: 'notify', settings: { channel: hookId, subject: 'Silent', body: '{{score:intent}}' } },
      { id: 'back', type: 'wait_event', settings: { event: 'email_opened', timeout: { amount: 9, unit: 'days' } } },
      { id: 'welcome', type: 'add_points', settings: { model: 'habit', group: 'use', points: 11 } },
      { id: 'cold', type: 'decay_percent', settings: { model: 'habit', percent: 20 } },
    ],
    edges: [
      ...chain(startNodeId, 'sales'),
      { from: 'sales', port: 'routed', to: 'tell' },
      { from: 'sales', port: 'no_one', to: 'back' },
      ...chain('tell', 'back'),
      { from: 'back', port: 'happened', to: 'welcome' },
      { from: 'back', port: 'timed_out', to: 'cold' },
    ],
  },
  {
    kind: 'automation',
    id: 'c-stages',
    name: 'MQL',
    triggers: [
      { type: 'stage_entered', stage: 'mql' },
      { type: 'stage_left', stage: 'sql' },
    ],
    whileInside: 'skip',
    nodes: [
      {
        id: 'often',
        type: 'condition',
        settings: {
          branches: [
            {
              id: 'yes',
              name: 'Opens often',
              when: { kind: 'performed', event: 'email_opened', withinDays: 20, atLeast: 2 },
            },
          ],
        },
      },
      {
        id: 'half',
        type: 'random_split',
        settings: {
          branches: [
            { id: 'a', name: 'A', percent: 60 },
            { id: 'b', name: 'B', percent: 40 },
          ],
        },
      },
      { id: 'tag', type: 'add_label', settings: { label: 'hot' } },
      { id: 'wait', type: 'wait_time', settings: { duration: { amount: 30, unit: 'hours' } } },
      {
        id: 'push',
        type: 'add_points',
        settings: {
          model: 'intent',
          group: 'automations',
          points: 9,
          counts: { kind: 'at_most', times: 2, perDays: 30 },
        },
      },
      {
        id: 'note',
        type: 'set_field',
        settings: { field: 'employees', to: { kind: 'score', model: 'intent', part: 'behaviour' } },
      },
    ],
    edges: [
      ...chain(startNodeId, 'often'),
      { from: 'often', port: 'yes', to: 'tag' },
      { from: 'often', port: 'else', to: 'half' },
      { from: 'half', port: 'a', to: 'wait' },
      { from: 'half', port: 'b', to: 'note' },
      ...chain('tag', 'wait', 'push', 'note'),
    ],
  },
  {
    kind: 'automation',
    id: 'd-falls',
    name: 'Falls',
    triggers: [{ type: 'score_crosses', model: 'intent', value: 12, direction: 'down' }],
    reentry: { kind: 'at_most', times: 3, perDays: 40 },
    nodes: [
      { id: 'tell', type: 'notify', settings: { channel: bellId, subject: 'Falls', body: '{{stage}}' } },
      {
        id: 'again',
        type: 'wait_event',
        settings: {
          event: 'page_viewed',
          where: { kind: 'property', property: 'asset', is: { op: 'equals', value: 'demo' } },
          timeout: { amount: 20, unit: 'days' },
        },
      },
      { id: 'set', type: 'set_score', settings: { model: 'intent', score: 15 } },
      { id: 'reset', type: 'reset_score', settings: { model: 'habit' } },
    ],
    edges: [
      ...chain(startNodeId, 'tell', 'again'),
      { from: 'again', port: 'happened', to: 'set' },
      { from: 'again', port: 'timed_out', to: 'reset' },
    ],
  },
  {
    kind: 'automation',
    id: 'f-weekly',
    name: 'Weekly',
    triggers: [
      {
        type: 'schedule',
        when: { every: 'week', on: ['mon'], at: '09:00', zone: 'Europe/Berlin' },
        who: { kind: 'segment', segment: 'keen' },
      },
    ],
    reentry: { kind: 'at_most', times: 1, perDays: 5 },
    nodes: [
      { id: 'more', type: 'add_points', settings: { model: 'habit', group: 'use', points: 4 } },
      { id: 'rest', type: 'wait_time', settings: { duration: { amount: 4, unit: 'days' } } },
      { id: 'tag', type: 'add_label', settings: { label: 'partner' } },
    ],
    edges: chain(startNodeId, 'more', 'rest', 'tag'),
  },
  {
    kind: 'automation',
    id: 'e-renewal',
    name: 'Renewal',
    triggers: [{ type: 'date', field: 'renewal', shiftDays: -6, yearly: true }],
    nodes: [
      { id: 'hours', type: 'wait_hours', settings: { zone: 'America/New_York' } },
      { id: 'day', type: 'wait_until', settings: { to: { kind: 'field', field: 'renewal', shiftDays: -2 } } },
      { id: 'renews', type: 'add_points', settings: { model: 'habit', group: 'use', points: 2 } },
      {
        id: 'low',
        type: 'wait_condition',
        settings: { when: { kind: 'score', model: 'intent', below: 9 }, timeout: { amount: 11, unit: 'days' } },
      },
      { id: 'warm', type: 'add_points', settings: { model: 'intent', group: 'automations', points: 4 } },
      {
        id: 'active',
        type: 'goal',
        settings: { when: { kind: 'performed', event: 'page_viewed', withinDays: 6 }, ifNotYet: 'wait' },
      },
      { id: 'done', type: 'penalty', settings: { model: 'habit', group: 'use', points: 1 } },
    ],
    edges: [
      ...chain(startNodeId, 'hours', 'day'),
      { from: 'day', port: 'next', to: 'renews' },
      { from: 'day', port: 'no_date', to: 'active' },
      ...chain('renews', 'low'),
      { from: 'low', port: 'met', to: 'warm' },
      { from: 'low', port: 'timed_out', to: 'active' },
      ...chain('warm', 'active'),
      { from: 'active', port: 'reached', to: 'done' },
    ],
  },
];
