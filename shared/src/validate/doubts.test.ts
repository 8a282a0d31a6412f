import { expect, test } from 'vitest';
import { automation, model, rule } from '../core/generators/play.ts';
import type { Condition } from '../model/condition.ts';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../model/definitions.ts';
import type { Problem } from './problem.ts';
import { validate } from './validate.ts';

type Automation = Extract<DefinitionInput, { kind: 'automation' }>;

const problemsOf = (...documents: DefinitionInput[]): Problem[] =>
  validate(definitionsOf(documents.map((document) => definitionSchema.parse(document))));

const fine = model([rule('open', 'opened', 5), rule('bad', 'complained', -5)], {
  windowDays: 30,
  clamp: { min: 0, max: 100 },
});
const stages: DefinitionInput = {
  kind: 'lifecycle',
  model: 'main',
  stages: [
    { id: 'lead', name: 'Lead', threshold: 50 },
    { id: 'mql', name: 'MQL', threshold: 75 },
  ],
};
const flow = (nodes: Automation['nodes']): Automation => automation('flow', [{ type: 'event', event: 'go' }], nodes);
const end: Automation['nodes'][number] = { id: 'end', type: 'end', settings: {} };
const hot: Automation['nodes'][number] = { id: 'hot', type: 'add_label', settings: { label: 'hot' } };

test('a general rule beside a special one is no overlap', () => {
  const pricing: Condition = { kind: 'property', property: 'path', is: { op: 'equals', value: '/pricing' } };
  const about: Condition = { kind: 'property', property: 'path', is: { op: 'equals', value: '/about' } };
  const rules = [
    rule('any', 'page', 1),
    rule('pricing', 'page', 5, { where: pricing }),
    rule('about', 'page', 2, { where: about }),
  ];
  expect(problemsOf(model(rules)).filter(({ code }) => code === 'overlapping_rules')).toEqual([]);
});

test('a stage above what the rules can give is doubted, unless they repeat or automations add', () => {
  const weak = model([rule('a', 'opened', 30, { counts: { kind: 'once' } }), rule('b', 'bad', -1)], {
    windowDays: 30,
    clamp: { min: 0, max: 100 },
  });
  const codes = (...more: DefinitionInput[]): string[] => problemsOf(...more, stages).map(({ code }) => code);
  expect(codes(weak)).toContain('stage_unreachable');
  const add: Automation['nodes'][number] = { id: 'add', type: 'add_points', settings: { model: 'main', points: 1 } };
  expect(codes(weak, flow([add, end]))).not.toContain('stage_unreachable');
  expect(codes({ ...weak, rules: [rule('a', 'opened', 30, { counts: { kind: 'every_time' } })] })).not.toContain(
    'stage_unreachable',
  );
});

test('a sound set has nothing wrong', () => {
  const queue: DefinitionInput = { kind: 'queue', id: 'sales', name: 'Sales', reps: [{ id: 'ada', name: 'Ada' }] };
  const back: Automation['nodes'][number] = { id: 'back', type: 'go_to', settings: { node: 'hot' } };
  const wait: Automation['nodes'][number] = {
    id: 'wait',
    type: 'wait_time',
    settings: { duration: { amount: 1, unit: 'days' } },
  };
  expect(problemsOf(fine, stages, queue, flow([hot, wait, back]))).toEqual([]);
});
