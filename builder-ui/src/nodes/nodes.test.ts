import { nodeSchema, nodeTypes, triggerSchema, type GraphNode, type NodeTypeName } from '@ripen/shared';
import { expect, test } from 'vitest';
import { noNames, type Names } from '../fields/names.ts';
import { newBranchId } from './branch-id.ts';
import { families } from './families.ts';
import {
  freshSettings,
  freshTrigger,
  lookOf,
  namesWithin,
  paletteGroups,
  portLabel,
  summaryOf,
  summaryOfTriggers,
  triggerTypes,
} from './index.ts';
import { views } from './registry.ts';
import { shownInUtc } from './wait-until.tsx';
import { evenShares, sumOfShares } from './shares.ts';

const names: Names = {
  ...noNames,
  models: [
    { id: 'other', name: 'Other', groups: [], bands: [] },
    {
      id: 'intent',
      name: 'Intent',
      groups: [
        { id: 'fit', name: 'Fit', kind: 'profile' },
        { id: 'interest', name: 'Interest', kind: 'behaviour' },
      ],
      bands: [],
    },
  ],
  lifecycleModel: 'intent',
  stages: [{ id: 'mql', name: 'MQL' }],
  queues: [{ id: 'emea', name: 'EMEA team' }],
  channels: [{ id: 'hook', name: 'Sales webhook', type: 'webhook' }],
};

const nodeOf = (type: NodeTypeName, settings: unknown): GraphNode => ({ id: 'n', type, settings }) as GraphNode; // Drafts on purpose.

test('every node type of the core has a view, a look, a line for the palette, and a form if it has settings', () => {
  const types = nodeTypes.map(({ type }) => type);
  expect(Object.keys(views).sort()).toEqual([...types].sort());
  expect(paletteGroups.flatMap(({ entries }) => entries.map(({ type }) => type)).sort()).toEqual([...types].sort());
  for (const type of types) {
    expect(views[type].type).toBe(type);
    expect(lookOf(type).title).toBe(nodeTypes.find((each) => each.type === type)?.title);
    expect(lookOf(type).color).toBe(families[lookOf(type).family].color);
    const hasSettings = Object.keys(freshSettings(type, names)).length > 0;
    expect(views[type].Panel !== undefined, type).toBe(hasSettings);
  }
});

/** What nobody can choose for the marketer. */
const asksFirst: readonly NodeTypeName[] = [
  'condition',
  'set_field',
  'add_label',
  'remove_label',
  'wait_event',
  'wait_until',
  'wait_condition',
  'go_to',
  'start_automation',
];

test.each(nodeTypes.map(({ type }) => type))(
  'a new "%s" is valid where the workspace allows, and says itself in any state',
  (type) => {
    const settings = freshSettings(type, names);
    expect(nodeSchema.safeParse({ id: 'n', type, settings }).success).toBe(!asksFirst.includes(type));
    for (const draft of [settings, freshSettings(type, noNames), {}, undefined]) {
      const summary = summaryOf(nodeOf(type, draft), names);
      expect(summary).not.toMatch(/undefined|NaN|\[object/);
    }
  },
);

test('outputs are labelled in words', () => {
  const condition = nodeOf('condition', freshSettings('condition', names));
  expect(['yes', 'else'].map((port) => portLabel(condition, port))).toEqual(['Yes', 'No']);
  const ports = (type: NodeTypeName, settings: unknown): string[] => {
    const node = nodeOf(type, settings);
    return (nodeTypes.find((each) => each.type === type)?.ports(settings) ?? []).map((port) => portLabel(node, port));
  };
  expect(ports('wait_event', {})).toEqual(['Happened', 'Timed out']);
  expect(ports('wait_until', freshSettings('wait_until', names))).toEqual(['Then', 'No date']);
  expect(ports('wait_until', { to: { kind: 'date', at: '' } })).toEqual(['']);
  expect(ports('wait_condition', {})).toEqual(['True', 'Timed out']);
  expect(ports('goal', { ifNotYet: 'wait' })).toEqual(['Reached']);
  expect(ports('goal', { ifNotYet: 'go_on' })).toEqual(['Reached', 'Missed']);
  expect(ports('http_request', {})).toEqual(['Answered', 'Failed']);
  expect(ports('route', {})).toEqual(['Routed', 'No one free']);
  expect(ports('add_points', {})).toEqual(['']);
  expect(ports('random_split', freshSettings('random_split', names))).toEqual(['A 50%', 'B 50%']);
});

test('summaries say the settings', () => {
  const say = (type: NodeTypeName, settings: unknown): string => summaryOf(nodeOf(type, settings), names);
  expect(say('add_points', { model: 'intent', points: 25 })).toBe('+25 to Intent, counts every time');
  expect(say('subtract_points', { model: 'intent', points: 5, floor: 10, counts: { kind: 'once' } })).toBe(
    '\u22125 from Intent, not below 10, counts once',
  );
  expect(say('move_stage', { stage: 'mql' })).toBe('To MQL');
  expect(say('set_field', { field: 'ownerRegion', to: { kind: 'score', model: 'intent', part: 'behaviour' } })).toBe(
    'Owner region to the score of Intent from behaviour',
  );
  expect(say('wait_event', { event: 'page', timeout: { amount: 2, unit: 'days' } })).toBe('“Page”, at most 2 days');
  expect(say('wait_condition', { when: { kind: 'label', label: 'hot' }, timeout: { amount: 1, unit: 'weeks' } })).toBe(
    'Until has the label “hot”, at most 1 week',
  );
  expect(say('wait_until', { to: { kind: 'field', field: 'renewalDate', shiftDays: -7 } })).toBe(
    'Until 7 days before renewal date',
  );
  expect(say('wait_hours', freshSettings('wait_hours', names))).toBe('Mon to Fri, 09:00 to 17:00, by timezone or UTC');
  expect(say('wait_hours', { ...freshSettings('wait_hours', names), days: ['sat', 'mon'] })).toMatch(/^Mon and Sat, /);
  expect(say('http_request', { channel: 'hook', save: [{ from: 'size', field: 'companySize' }] })).toBe(
    'Asks Sales webhook, keeps company size',
  );
  expect(say('goal', freshSettings('goal', names))).toBe('Stage is MQL');
});

test('a fixed date is shown as it was typed, in UTC', () => {
  expect(['2026-12-31T09:00Z', '2026-12-31T10:00+01:00', '2026-12-31', '', 'soon'].map(shownInUtc)).toEqual([
    '2026-12-31T09:00',
    '2026-12-31T09:00',
    '2026-12-31T00:00',
    '',
    '',
  ]);
});

test('go to names the step that it leads to', () => {
  const nodes = [
    nodeOf('add_points', freshSettings('add_points', names)),
    { ...nodeOf('go_to', { node: 'n' }), id: 'jump' },
  ];
  const within = namesWithin(names, nodes);
  expect(nodes[1] && summaryOf(nodes[1], within)).toBe('Add points: +10 to Intent, counts every time');
});

test('every trigger of the core can be made, and is said', () => {
  const types = triggerSchema.options.flatMap(({ shape }) => [...shape.type.values]);
  expect([...triggerTypes].sort()).toEqual([...types].sort());
  for (const type of triggerTypes) expect(freshTrigger(type, names).type).toBe(type);
  expect(summaryOfTriggers([], names)).toBe('Nothing starts this yet');
  expect(
    summaryOfTriggers(
      [
        { type: 'event', event: 'page' },
        { type: 'inactive', days: 30 },
      ],
      names,
    ),
  ).toBe('Page, or inactive for 30 days');
});

test('shares are whole and make a hundred; new branches get ids of their own', () => {
  for (const count of [2, 3, 6, 7, 20]) expect(sumOfShares(evenShares(count))).toBe(100);
  expect(sumOfShares([33.3, 33.3, undefined])).toBe(66.6);
  expect(newBranchId(['yes', 'way-3'])).toBe('way-4');
  expect(newBranchId(['a'])).toBe('way-2');
});
