import {
  startNodeId,
  definitionSchema,
  definitionsOf,
  nodeTypeOf,
  type Definition,
  type DefinitionInput,
  type Definitions,
} from '@ripen/shared';

/** A webhook that generated definitions name; live tests put a server of theirs there. */
export const hookId = 'sales-hook';
/** Tells sales inside the product. */
export const bellId = 'bell';
/** The system that requests ask. */
export const lookupId = 'lookup';
export const queueId = 'inside-sales';

type Edge = { from: string; port?: string; to: string };
const chain = (...ids: string[]): Edge[] => ids.slice(1).map((to, index) => ({ from: ids[index] ?? startNodeId, to }));

/**
 * A workspace in which everything that depends on time happens often within a few months: half-life, window, decay, reset,
 * caps, stages with margins and stays, waits that are met and that time out, for dates, hours, conditions and goals too, routes
 * from events and from silence, a segment that is entered and left by what contacts do, by their bands and by time alone.
 * People are told outside and inside the product. With `lookupUrl`, also a system that is asked about contacts, and what it says changes them.
 */
export const richWorld = (hookUrl: string, lookupUrl?: string): Definition[] =>
  [...documents(hookUrl), ...(lookupUrl === undefined ? [] : lookup(lookupUrl))].map((document) =>
    definitionSchema.parse(document),
  );

const lookup = (url: string): DefinitionInput[] => [
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

const documents = (hookUrl: string): DefinitionInput[] => [
  {
    kind: 'model',
    id: 'intent',
    name: 'Intent',
    halfLifeDays: 20,
    windowDays: 30,
    clamp: { min: 0, max: 100 },
    bands: [
      { id: 'cold', name: 'Cold', from: 0 },
      { id: 'warm', name: 'Warm', from: 15 },
      { id: 'ripe', name: 'Ripe', from: 40 },
    ],
    groups: [
      { id: 'engagement', name: 'Engagement', kind: 'behaviour', cap: 45 },
      { id: 'web', name: 'Web', kind: 'behaviour' },
      { id: 'fit', name: 'Fit', kind: 'profile', cap: 20 },
    ],
    rules: [
      {
        kind: 'behaviour',
        id: 'open',
        name: 'Opened',
        group: 'engagement',
        event: 'email_opened',
        points: 7,
        counts: { kind: 'every_time' },
      },
      {
        kind: 'behaviour',
        id: 'form',
        name: 'Form',
        group: 'engagement',
        event: 'form_submitted',
        points: 22,
        counts: { kind: 'once_per', property: 'asset' },
      },
      {
        kind: 'behaviour',
        id: 'page',
        name: 'Page',
        group: 'web',
        event: 'page_viewed',
        points: 4.25,
        counts: { kind: 'at_most', times: 2, perDays: 9 },
      },
      {
        kind: 'behaviour',
        id: 'long',
        name: 'Long visit',
        group: 'web',
        event: 'page_viewed',
        points: 6,
        decays: false,
        counts: { kind: 'every_time' },
        where: { kind: 'property', property: 'seconds', is: { op: 'at_least', value: 50 } },
      },
      {
        kind: 'behaviour',
        id: 'gone',
        name: 'Unsubscribed',
        group: 'engagement',
        event: 'unsubscribed',
        points: -8,
        counts: { kind: 'every_time' },
      },
      {
        kind: 'profile',
        id: 'us',
        name: 'US',
        group: 'fit',
        points: 12,
        when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
      },
      {
        kind: 'profile',
        id: 'student',
        name: 'Student',
        group: 'fit',
        points: -9,
        when: { kind: 'field', field: 'title', is: { op: 'equals', value: 'student' } },
      },
      {
        kind: 'profile',
        id: 'renews',
        name: 'Renews soon',
        group: 'fit',
        points: 6,
        when: { kind: 'field', field: 'renewal', is: { op: 'in_next_days', days: 14 } },
      },
    ],
    decay: { afterDays: 10, everyDays: 5, by: { kind: 'points', points: 6 }, floor: 1 },
    reset: { afterDays: 40, from: 'first_point' },
  },
  {
    kind: 'model',
    id: 'habit',
    name: 'Habit',
    clamp: { min: -50, max: 200 },
    groups: [{ id: 'use', name: 'Use', kind: 'behaviour' }],
    rules: [
      { kind: 'behaviour', id: 'first', name: 'First', group: 'use', event: 'page_viewed', points: 10 },
      {
        kind: 'behaviour',
        id: 'any',
        name: 'Opened',
        group: 'use',
        event: 'email_opened',
        points: 3,
        counts: { kind: 'every_time' },
      },
    ],
    decay: { afterDays: 15, everyDays: 15, by: { kind: 'percent', percent: 30 } },
    reset: { afterDays: 30, from: 'last_activity' },
  },
  {
    kind: 'lifecycle',
    model: 'intent',
    stages: [
      { id: 'prospect', name: 'Prospect', threshold: 6 },
      { id: 'lead', name: 'Lead', threshold: 18, margin: 2 },
      { id: 'mql', name: 'MQL', threshold: 34, minimumStayDays: 3 },
      { id: 'sql', name: 'SQL', threshold: 52 },
    ],
  },
  {
    kind: 'queue',
    id: queueId,
    name: 'Inside sales',
    strategy: 'round_robin',
    reps: [
      { id: 'ada', name: 'Ada' },
      { id: 'ben', name: 'Ben', available: false },
      { id: 'cy', name: 'Cy' },
    ],
  },
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

export const worldOf = (definitions: readonly Definition[]): Definitions => definitionsOf(definitions);

/** What counting needs to know of definitions. */
export const vocabularyOf = ({ lifecycle, automations }: Definitions) => ({
  stages: lifecycle?.stages.map((stage) => stage.id) ?? [],
  waits: new Map(
    automations.map(({ graph }) => [
      graph.id,
      new Set(graph.nodes.filter((node) => nodeTypeOf(node).kind === 'wait').map((node) => node.id)),
    ]),
  ),
});
