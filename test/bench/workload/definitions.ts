import { definitionSchema, type Definition } from '@ripen/shared';

export const modelId = 'intent';

/** Event types that people do, as names that a client sends; each has a rule or an automation that looks at it. */
export const commonEvents = [
  'Page Viewed',
  'Email Opened',
  'Email Clicked',
  'Pricing Viewed',
  'Form Submitted',
  'Webinar Attended',
  'Product Used',
  'Docs Searched',
] as const;

/** One event in a hundred: it starts a run that sleeps. */
export const runEvent = 'Trial Requested';

const behaviour = (id: string, event: string, points: number, counts: object, group = 'web') => ({
  kind: 'behaviour',
  id,
  name: id,
  group,
  event,
  points,
  counts,
});

const profile = (id: string, field: string, value: string, points: number) => ({
  kind: 'profile',
  id,
  name: id,
  group: 'fit',
  points,
  when: { kind: 'field', field, is: { op: 'equals', value } },
});

const rules = [
  profile('in-us', 'country', 'US', 10),
  profile('is-buyer', 'role', 'buyer', 15),
  behaviour('views', 'page_viewed', 1, { kind: 'every_time' }),
  behaviour('opens', 'email_opened', 1, { kind: 'at_most', times: 3, perDays: 1 }, 'mail'),
  behaviour('clicks', 'email_clicked', 2, { kind: 'once_per', property: 'campaign' }, 'mail'),
  behaviour('pricing', 'pricing_viewed', 5, { kind: 'at_most', times: 5, perDays: 7 }),
  behaviour('form', 'form_submitted', 20, { kind: 'once' }),
  behaviour('webinar', 'webinar_attended', 10, { kind: 'once_per', property: 'campaign' }),
  behaviour('usage', 'product_used', 1, { kind: 'every_time' }),
  behaviour('trial', 'trial_requested', 25, { kind: 'once' }),
];

const groups = [
  { id: 'web', name: 'On the site', kind: 'behaviour', cap: 60 },
  { id: 'mail', name: 'E-mail', kind: 'behaviour', cap: 30 },
  { id: 'fit', name: 'Fit', kind: 'profile' },
];

const stages = [
  { id: 'prospect', name: 'Prospect', threshold: 10 },
  { id: 'lead', name: 'Lead', threshold: 50 },
  { id: 'mql', name: 'MQL', threshold: 75 },
  { id: 'sql', name: 'SQL', threshold: 100 },
];

const automation = (id: string, trigger: string, nodes: object[], edges: object[]) => ({
  kind: 'automation',
  id,
  name: id,
  triggers: [{ type: 'event', event: trigger }],
  reentry: { kind: 'every_time' },
  nodes: [...nodes, { id: 'end', type: 'end', settings: {} }],
  edges: [...edges],
});

const points = (amount: number) => ({
  id: 'score',
  type: 'add_points',
  settings: { model: modelId, group: 'web', points: amount, counts: { kind: 'every_time' } },
});

const inUs = {
  id: 'country',
  type: 'condition',
  settings: {
    branches: [
      { id: 'us', name: 'Country is US', when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } } },
    ],
  },
};

const automations = [
  automation(
    'us-clicks',
    'email_clicked',
    [inUs, points(3)],
    [
      { from: 'start', to: 'country' },
      { from: 'country', port: 'us', to: 'score' },
      { from: 'score', to: 'end' },
    ],
  ),
  automation(
    'searches',
    'docs_searched',
    [points(1)],
    [
      { from: 'start', to: 'score' },
      { from: 'score', to: 'end' },
    ],
  ),
  automation(
    'trials',
    'trial_requested',
    [{ id: 'wait', type: 'wait_time', settings: { duration: { amount: 30, unit: 'days' } } }, points(5)],
    [
      { from: 'start', to: 'wait' },
      { from: 'wait', to: 'score' },
      { from: 'score', to: 'end' },
    ],
  ),
];

/**
 * The fixed workload: 10 rules with all countings, group caps, decay after 60 days of silence, four stages, three live
 * automations, of which one sleeps for 30 days in every run.
 */
export const workloadDefinitions = (
  options: { halfLifeDays?: number; bands?: { id: string; name: string; from: number }[] } = {},
): Definition[] =>
  [
    {
      kind: 'model',
      id: modelId,
      name: 'Intent',
      groups,
      rules,
      decay: { afterDays: 60, everyDays: 30, by: { kind: 'points', points: 10 } },
      ...options,
    },
    { kind: 'lifecycle', model: modelId, stages },
    ...automations,
  ].map((document) => definitionSchema.parse(document));
