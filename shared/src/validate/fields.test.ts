import { expect, test } from 'vitest';
import { automation, model, rule } from '../core/generators/play.ts';
import type { Condition } from '../model/condition.ts';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../model/definitions.ts';
import { validate } from './validate.ts';

const title: DefinitionInput = { kind: 'field', id: 'title', name: 'Job title', deleted: true };
const titled: Condition = { kind: 'field', field: 'title', is: { op: 'is_set' } };
const fine = model([rule('open', 'opened', 5)]);

/** What is said of fields that were deleted, where. */
const foundIn = (document: DefinitionInput, field = title): (string | undefined)[][] =>
  validate(definitionsOf([field, fine, document].map((each) => definitionSchema.parse(each))))
    .filter(({ code }) => code === 'deleted_field')
    .map((problem) => [problem.document.kind, problem.node, problem.path]);

type Nodes = Extract<DefinitionInput, { kind: 'automation' }>['nodes'];
const flow = (nodes: Nodes): DefinitionInput => automation('flow', [{ type: 'event', event: 'go' }], nodes);

test.each<[string, DefinitionInput, (string | undefined)[]]>([
  [
    'a stage',
    { kind: 'lifecycle', model: 'main', stages: [{ id: 'mql', name: 'MQL', threshold: 1, when: titled }] },
    ['lifecycle', undefined, 'stages.0.when'],
  ],
  [
    'a segment, in what it asks of earlier events',
    { kind: 'segment', id: 'bosses', name: 'B', when: { kind: 'performed', event: 'x', where: titled } },
    ['segment', undefined, 'when'],
  ],
  [
    'a trigger',
    automation('flow', [{ type: 'field_changed', field: 'title' }], [{ id: 'end', type: 'end', settings: {} }]),
    ['automation', undefined, 'triggers.0'],
  ],
  [
    'a node that sets it',
    flow([{ id: 'set', type: 'set_field', settings: { field: 'title', to: { kind: 'value', value: 'x' } } }]),
    ['automation', 'set', 'settings'],
  ],
  [
    'a text that has its place',
    flow([{ id: 'tell', type: 'notify', settings: { channel: 'hook', body: 'Hello {{ title }}' } }]),
    ['automation', 'tell', 'settings'],
  ],
])('%s may not look at a deleted field', (_name, document, at) => {
  expect(foundIn(document)).toEqual([at]);
  expect(foundIn(document, { ...title, deleted: false })).toEqual([]);
});

test('places of texts that are no fields are left alone', () => {
  const stage: DefinitionInput = { kind: 'field', id: 'stage', name: 'Stage', deleted: true };
  const tell = flow([
    { id: 'tell', type: 'notify', settings: { channel: 'hook', body: '{{stage}} {{score:main}} {{event.title}}' } },
  ]);
  expect([foundIn(tell, stage), foundIn(tell)]).toEqual([[], []]);
});
