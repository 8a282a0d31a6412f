import { definitionSchema, type Definition } from '@ripen/shared';
import { modelId, workloadDefinitions } from './definitions.ts';

const readiness = 'readiness';
const keen = 'keen';

const bands = [
  { id: 'c', name: 'C', from: 0 },
  { id: 'b', name: 'B', from: 20 },
  { id: 'a', name: 'A', from: 50 },
];

const behaviour = (id: string, event: string, group: string, points: number, more: object = {}) => ({
  ...{ kind: 'behaviour', id, name: id, group, event, points, counts: { kind: 'every_time' } },
  ...more,
});

const value = (atLeast: number) => ({ kind: 'property', property: 'value', is: { op: 'at_least', value: atLeast } });

/** Rules of the workload that a second sheet has instead of the first. */
const ofSecondSheet = ['is-buyer', 'views', 'usage', 'webinar'];

/** Beside the workload's: some look at properties, one takes points. */
const moreRules = [
  behaviour('pages', 'page_viewed', 'interest', 1, { where: value(250) }),
  behaviour('prices', 'pricing_viewed', 'interest', 4),
  behaviour('more-clicks', 'email_clicked', 'interest', 2, { counts: { kind: 'once_per', property: 'campaign' } }),
  behaviour('use', 'product_used', 'depth', 3, { where: value(400) }),
  behaviour('docs', 'docs_searched', 'depth', 1, { counts: { kind: 'at_most', times: 3, perDays: 7 } }),
  behaviour('webinars', 'webinar_attended', 'depth', -1, { where: value(480) }),
  {
    ...{ kind: 'profile', id: 'engineers', name: 'engineers', group: 'who', points: 10 },
    when: { kind: 'field', field: 'role', is: { op: 'equals', value: 'engineer' } },
  },
];

/** The second sheet: it has an audience (whom everybody is of, so that as much is scored), it fades, its groups have caps. */
const fading = (rules: readonly object[]) => ({
  ...{ kind: 'model', id: readiness, name: 'Readiness', halfLifeDays: 30, bands },
  audience: { kind: 'field', field: 'role', is: { op: 'one_of', values: 'buyer; manager; engineer; student' } },
  groups: [
    { id: 'web', name: 'On the site', kind: 'behaviour', cap: 60 },
    { id: 'interest', name: 'Interest', kind: 'behaviour', cap: 50 },
    { id: 'depth', name: 'Depth', kind: 'behaviour', cap: 40 },
    { id: 'fit', name: 'Fit', kind: 'profile' },
    { id: 'who', name: 'Who', kind: 'profile', cap: 20 },
  ],
  rules,
});

/** Who is keen is watched, as an automation begins with it: by a band, a field and what was done in 30 days. */
const segment = {
  ...{ kind: 'segment', id: keen, name: 'Keen' },
  when: {
    kind: 'all',
    of: [
      { kind: 'band', model: readiness, in: ['a'] },
      { kind: 'field', field: 'country', is: { op: 'one_of', values: 'US; DE' } },
      { kind: 'performed', event: 'pricing_viewed', withinDays: 30, atLeast: 2 },
    ],
  },
};

const labelled = {
  ...{ kind: 'automation', id: 'keen-or-not', name: 'Keen or not' },
  triggers: [
    { type: 'segment_entered', segment: keen },
    { type: 'segment_left', segment: keen },
  ],
  nodes: [
    {
      id: 'in',
      type: 'condition',
      settings: { branches: [{ id: 'yes', name: 'Keen', when: { kind: 'segment', segment: keen } }] },
    },
    { id: 'tag', type: 'add_label', settings: { label: 'keen' } },
    { id: 'untag', type: 'remove_label', settings: { label: 'keen' } },
  ],
  edges: [
    { from: 'start', to: 'in' },
    { from: 'in', port: 'yes', to: 'tag' },
    { from: 'in', port: 'else', to: 'untag' },
  ],
};

/** Programs that read mail are told from people, by what they say they are and by links followed at once. */
const mail = ['email_opened', 'email_clicked'].map((id) => ({
  ...{ kind: 'event_type', id, name: id },
  scanners: {
    sent: { withinSeconds: 5 },
    ...(id === 'email_clicked' && { links: { atLeast: 3, withinSeconds: 2 } }),
  },
}));

const accounts = {
  ...{ kind: 'account_model', id: 'companies', name: 'Companies', bands },
  contacts: [
    { model: modelId, together: { kind: 'top', count: 5 }, cap: 300 },
    { model: readiness, part: 'behaviour', together: { kind: 'average' } },
  ],
  groups: [{ id: 'size', name: 'Size', cap: 20 }],
  rules: [
    {
      ...{ id: 'many', name: 'Many contacts', group: 'size', points: 15 },
      when: { kind: 'field', field: 'account.contacts', is: { op: 'at_least', value: 10 } },
    },
  ],
};

const nightly = {
  ...{ kind: 'maintenance_program', id: 'nightly', name: 'Nightly', who: { kind: 'segment', segment: keen } },
  actions: [{ type: 'set_field', field: 'rating', to: { kind: 'score', model: readiness } }],
  when: { every: 'day', at: '03:00', zone: 'UTC' },
};

/**
 * The workload in a workspace that uses everything: its rules are on two sheets, of which the second fades and has an audience and
 * caps; bands on both, a segment that is watched, mail with scanners told from people, scores of accounts, and a nightly program.
 * With `sevenMoreRules` there is more to do besides: all of the workload's rules are on the first sheet, seven others on the second.
 */
export const allOnDefinitions = ({ sevenMoreRules = false } = {}): Definition[] => {
  const moves = ({ id }: { id: string }): boolean => !sevenMoreRules && ofSecondSheet.includes(id);
  const workload = workloadDefinitions({ bands });
  const moved = workload.flatMap((definition) => (definition.kind === 'model' ? definition.rules.filter(moves) : []));
  const others = [fading(sevenMoreRules ? moreRules : moved), segment, labelled, ...mail, accounts, nightly];
  return [
    ...workload.map((definition) =>
      definition.kind === 'model'
        ? { ...definition, rules: definition.rules.filter((rule) => !moves(rule)) }
        : definition,
    ),
    ...others.map((document) => definitionSchema.parse(document)),
  ];
};
