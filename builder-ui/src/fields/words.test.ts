import {
  conditionSchema,
  countingSchema,
  triggerSchema,
  type Condition,
  type Counting,
  type Trigger,
} from '@ripen/shared';
import { expect, test } from 'vitest';
import { noNames, type Names } from './names.ts';
import { describeCondition, describeCounting, describeDuration, describeTrigger } from './words.ts';

const names: Names = {
  ...noNames,
  models: [{ id: 'intent', name: 'Intent', groups: [], bands: [{ id: 'a', name: 'Top' }] }],
  stages: [
    { id: 'mql', name: 'MQL' },
    { id: 'sql', name: 'SQL' },
  ],
  segments: [{ id: 'openers', name: 'Openers' }],
  eventTypes: [
    { id: 'email_clicked', name: 'Clicked e-mail', declared: true, activity: true, lastSeenAt: null, properties: [] },
  ],
  fields: [
    { path: 'trialEndsAt', kind: 'date', declared: false, lastSeenAt: null },
    { path: 'snrtyLvl', name: 'Years of practice', kind: 'number', declared: true, lastSeenAt: null },
  ],
};

const country: Condition = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
const vip: Condition = { kind: 'label', label: 'VIP' };
const mql: Condition = { kind: 'stage', in: ['mql'] };
const clicked = { kind: 'performed', event: 'email_clicked' } as const;

const conditions: [Condition, string][] = [
  [country, 'Country is US'],
  [
    { kind: 'field', field: 'trialEndsAt', is: { op: 'less', value: '2026-01-02' } },
    'Trial ends at is before January 2, 2026',
  ],
  [
    { kind: 'property', property: 'secondsOnPage', is: { op: 'at_least', value: 60 } },
    'the event’s seconds on page is at least 60',
  ],
  [{ kind: 'all', of: [country, vip] }, 'Country is US and has the label “VIP”'],
  [
    { kind: 'all', of: [country, { kind: 'any', of: [vip, mql] }] },
    'Country is US and (has the label “VIP” or stage is MQL)',
  ],
  [{ kind: 'any', of: [country] }, 'Country is US'],
  [{ kind: 'all', of: [] }, '…'],
  [{ kind: 'not', of: country }, 'not (Country is US)'],
  [{ kind: 'not', of: vip }, 'does not have the label “VIP”'],
  [{ kind: 'not', of: mql }, 'stage is not MQL'],
  [{ kind: 'not', of: { kind: 'not', of: vip } }, 'has the label “VIP”'],
  [{ kind: 'stage', in: ['mql', 'sql', null] }, 'stage is MQL, SQL or no stage'],
  [{ kind: 'stage', in: [null] }, 'is in no stage'],
  [{ kind: 'not', of: { kind: 'stage', in: [null] } }, 'is in a stage'],
  [{ kind: 'label', label: '' }, 'has the label “…”'],
  [{ kind: 'segment', segment: 'openers' }, 'is in the segment “Openers”'],
  [{ kind: 'not', of: { kind: 'segment', segment: 'openers' } }, 'is not in the segment “Openers”'],
  [clicked, 'did “Clicked e-mail”'],
  [{ ...clicked, atLeast: 3, withinDays: 7 }, 'did “Clicked e-mail” at least 3 times in the last 7 days'],
  [{ ...clicked, atMost: 1 }, 'did “Clicked e-mail” at most once'],
  [{ ...clicked, atLeast: 2, atMost: 2 }, 'did “Clicked e-mail” exactly twice'],
  [{ ...clicked, atLeast: 2, atMost: 5 }, 'did “Clicked e-mail” 2 to 5 times'],
  [{ ...clicked, atMost: 0, withinDays: 0.5 }, 'never did “Clicked e-mail” in the last 12 hours'],
  [{ ...clicked, where: country }, 'did “Clicked e-mail” where Country is US'],
  [{ kind: 'score', model: 'intent', atLeast: 50 }, 'Intent is at least 50'],
  [{ kind: 'score', model: 'intent', part: 'behaviour', below: 20 }, 'Intent from behaviour is below 20'],
  [{ kind: 'score', model: 'gone', atLeast: 20, below: 50 }, 'Gone is at least 20 and below 50'],
  [{ kind: 'score', model: 'intent' }, 'Intent is …'],
  [{ kind: 'band', model: 'intent', in: ['a', 'gone'] }, 'Intent is in Top or Gone'],
  [{ kind: 'not', of: { kind: 'band', model: 'intent', in: ['a'] } }, 'Intent is not in Top'],
];

test.each(conditions)('%j reads "%s"', (condition, words) => {
  expect(describeCondition(condition, names)).toBe(words);
});

const countings: [Counting, string][] = [
  [{ kind: 'every_time' }, 'every time'],
  [{ kind: 'once' }, 'once'],
  [{ kind: 'once_per', property: 'offer' }, 'once per offer'],
  [{ kind: 'once_per', property: '' }, 'once per …'],
  [{ kind: 'at_most', times: 3, perDays: 7 }, 'at most 3 times in 7 days'],
  [{ kind: 'at_most', times: 1, perDays: 1 }, 'at most once in 1 day'],
];

test.each(countings)('%j reads "%s"', (counting, words) => {
  expect(describeCounting(counting)).toBe(words);
});

const triggers: [Trigger, string][] = [
  [{ type: 'event', event: 'email_clicked' }, 'Clicked e-mail'],
  [{ type: 'event', event: 'email_clicked', where: country }, 'Clicked e-mail, if Country is US'],
  [{ type: 'event', event: '' }, '…'],
  [{ type: 'field_changed', field: 'account.industry' }, 'Account industry changes'],
  [{ type: 'score_crosses', model: 'intent', value: 75, direction: 'up' }, 'Intent reaches 75'],
  [{ type: 'score_crosses', model: 'intent', value: 75, direction: 'down' }, 'Intent falls below 75'],
  [{ type: 'stage_entered', stage: 'mql' }, 'Enters MQL'],
  [{ type: 'stage_left', stage: 'mql' }, 'Leaves MQL'],
  [{ type: 'label_added', label: 'VIP' }, 'Gets the label “VIP”'],
  [{ type: 'label_removed', label: 'VIP' }, 'Loses the label “VIP”'],
  [{ type: 'segment_entered', segment: 'openers' }, 'Enters the segment “Openers”'],
  [{ type: 'segment_left', segment: 'openers' }, 'Leaves the segment “Openers”'],
  [{ type: 'inactive', days: 30 }, 'Inactive for 30 days'],
  [{ type: 'date', field: 'renewalDate', shiftDays: -7, yearly: false }, '7 days before renewal date'],
  [{ type: 'date', field: 'birthday', shiftDays: 0, yearly: true }, 'Birthday, every year'],
  [
    { type: 'schedule', when: { every: 'week', on: ['mon'], at: '09:00', zone: 'Europe/Berlin' } },
    'Every Monday at 09:00, Europe/Berlin',
  ],
  [
    { type: 'schedule', when: { every: 'month', on: 1, at: '09:00', zone: 'UTC' }, who: vip },
    'On day 1 of every month at 09:00, UTC, for those of whom this is true: has the label “VIP”',
  ],
  [{ type: 'schedule', when: { every: 'week', on: [], at: '09:00', zone: 'UTC' } }, 'On a schedule'],
  [{ type: 'manual' }, 'Started by hand or by another automation'],
  [{ type: 'lead', outcome: 'accepted' }, 'Sales accepts the lead'],
  [{ type: 'lead', outcome: 'rejected' }, 'Sales rejects the lead'],
  [{ type: 'lead', outcome: 'won' }, 'The lead is won'],
  [{ type: 'lead', outcome: 'lost' }, 'The lead is lost'],
];

test.each(triggers)('%j reads "%s"', (trigger, words) => {
  expect(describeTrigger(trigger, names)).toBe(words);
});

test('every trigger, counting and condition that there is has a case', () => {
  const types = triggerSchema.options.flatMap(({ shape }) => [...shape.type.values]);
  expect(new Set(triggers.map(([{ type }]) => type))).toEqual(new Set(types));
  const kinds = countingSchema.options.flatMap(({ shape }) => [...shape.kind.values]);
  expect(new Set(countings.map(([{ kind }]) => kind))).toEqual(new Set(kinds));
  // Its type hides that the schema is a union of the kinds, which it is.
  const { options } = conditionSchema as unknown as { options: { shape: { kind: { values: Set<string> } } }[] };
  const conditionKinds = options.flatMap(({ shape }) => [...shape.kind.values]);
  expect(new Set(conditions.map(([{ kind }]) => kind))).toEqual(new Set(conditionKinds));
  for (const [condition] of conditions) {
    if (JSON.stringify(condition).includes('""') || JSON.stringify(condition).includes('[]')) continue;
    expect(conditionSchema.safeParse(condition).success, JSON.stringify(condition)).toBe(true);
  }
});

test('spans, whole and half typed', () => {
  expect(describeDuration({ amount: 1, unit: 'days' })).toBe('1 day');
  expect(describeDuration({ amount: 36, unit: 'hours' })).toBe('36 hours');
  expect(describeDuration({ unit: 'weeks' })).toBe('… weeks');
  expect(describeDuration(undefined)).toBe('… days');
});

test('a field goes by the name that the catalogue gives it', () => {
  const senior: Condition = { kind: 'field', field: 'snrtyLvl', is: { op: 'at_least', value: 7 } };
  expect(describeCondition(senior, names)).toMatch(/^Years of practice /);
  expect(describeTrigger({ type: 'field_changed', field: 'snrtyLvl' }, names)).toBe('Years of practice changes');
});
