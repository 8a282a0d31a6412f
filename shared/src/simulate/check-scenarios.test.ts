import { describe, expect, test } from 'vitest';
import { automationSchema, type Automation } from '../automation/graph.ts';
import { definitionSchema, definitionsOf, type DefinitionInput, type Definitions } from '../model/definitions.ts';
import type { Outcome, Scenario } from '../model/scenario.ts';
import {
  checkScenario,
  differenceNames,
  differenceSentence,
  isRed,
  nodeOfDifference,
  withDraft,
} from './check-scenarios.ts';
import type { OutcomeDifference } from './scenario.ts';

const documents: DefinitionInput[] = [
  { kind: 'model', id: 'm', name: 'Interest', groups: [{ id: 'g', name: 'G', kind: 'behaviour' }], rules: [] },
  { kind: 'lifecycle', model: 'm', stages: [{ id: 'warm', name: 'Warm', threshold: 20 }] },
];
const definitions: Definitions = definitionsOf(documents.map((document) => definitionSchema.parse(document)));
const graph = (points = 25): Automation =>
  automationSchema.parse({
    ...{ kind: 'automation', id: 'clicks', name: 'Clicks', triggers: [{ type: 'event', event: 'clicked' }] },
    nodes: [
      { id: 'wait', type: 'wait_time', settings: { duration: { amount: 3, unit: 'days' } } },
      { id: 'add', type: 'add_points', settings: { model: 'm', points } },
      { id: 'tag', type: 'add_label', settings: { label: 'x' } },
    ],
    edges: [
      { from: 'start', to: 'wait' },
      { from: 'wait', to: 'add' },
      { from: 'add', to: 'tag' },
    ],
  });
const expected: Outcome = {
  stage: 'warm',
  scores: { m: 25 },
  path: ['wait', 'wait next', 'add next', 'tag next'],
  notifications: 0,
  leads: 0,
};
const scenario: Scenario = {
  ...{ id: 'ann', name: 'Ann clicks', startsAt: '2026-03-01T00:00:00.000Z', days: 10 },
  contact: { fields: {}, labels: [], stage: null, points: {} },
  happens: [{ kind: 'event', afterMinutes: 60, event: 'clicked', properties: {} }],
  expects: expected,
};
const check = (draft: Automation) => checkScenario(withDraft(definitions, draft), 'clicks', scenario);

test('a draft is tried as the next live version; what goes as saved is green', () => {
  const twice = withDraft(withDraft(definitions, graph()), graph(5));
  expect(twice.automations.map(({ version, live }) => [version, live])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(check(graph())).toEqual({ id: 'ann', name: 'Ann clicks', differences: [], why: null });
  expect(isRed(check(graph()))).toBe(false);
  expect(check(graph(5)).differences.map(({ what }) => what)).toEqual(['stage', 'score']);
  expect(isRed(check(graph(5)))).toBe(true);
});

test('what cannot be run at all says why, and does not throw', () => {
  const broken = checkScenario(withDraft(definitions, graph()), 'clicks', { ...scenario, startsAt: 'soon' });
  expect(isRed(broken)).toBe(true);
  expect(broken.why).not.toBeNull();
});

describe('a difference is said as a sentence, and where it shows first', () => {
  const names = differenceNames(graph(), definitions);
  const path = (got: string[], wanted = expected.path): OutcomeDifference => ({ what: 'path', wanted, got });
  const cases: [OutcomeDifference, string, string | null][] = [
    [{ what: 'stage', wanted: 'warm', got: null }, 'It ends in no stage, not in Warm.', null],
    [{ what: 'score', model: 'm', wanted: 25, got: -5.5 }, 'Interest is \u22125.5, not 25.', null],
    [{ what: 'score', model: 'gone', wanted: 25, got: null }, 'gone is not there any more.', null],
    [{ what: 'notifications', wanted: 0, got: 1 }, 'It makes 1 notification, not 0.', null],
    [{ what: 'leads', wanted: 1, got: 2 }, 'It makes 2 leads, not 1.', null],
    [path([]), 'It does not enter any more.', 'start'],
    [path(['wait'], []), 'It enters now, and did not.', 'wait'],
    [
      path(['wait', 'wait next', 'tag next']),
      'After "Wait for a time" it comes to "Add label", not to "Add points".',
      'tag',
    ],
    [path(['add next']), 'After the start it comes to "Add points", not to "Wait for a time".', 'add'],
    [path(['wait', 'wait late']), 'At "Wait for a time" it goes by "late", not by "next".', 'wait'],
    [path(['wait next']), 'It no longer waits at "Wait for a time".', 'wait'],
    [path(['wait', 'wait next', 'add']), 'It waits at "Add points", and did not.', 'add'],
    [path(['wait', 'wait next']), 'It ends at "Wait for a time", and went on to "Add points".', 'wait'],
    [path([...expected.path, 'gone next']), 'It goes on to "gone", and ended at "Add label".', 'gone'],
  ];
  test.each(cases)('%j', (difference, sentence, node) => {
    expect(differenceSentence(difference, names)).toBe(sentence);
    expect(nodeOfDifference(difference)).toBe(node);
  });
});
