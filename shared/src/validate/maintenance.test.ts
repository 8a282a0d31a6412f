import { describe, expect, test } from 'vitest';
import { model, rule } from '../core/generators/play.ts';
import type { Condition } from '../model/condition.ts';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../model/definitions.ts';
import { usesOf } from './uses.ts';
import { validate } from './validate.ts';

type Program = Extract<DefinitionInput, { kind: 'maintenance_program' }>;
const label: Program['actions'][number] = { type: 'add_label', label: 'kept' };
const rating = (of: string): Program['actions'][number] => ({
  type: 'set_field',
  field: 'rating',
  to: { kind: 'score', model: of },
});
const program = (actions: Program['actions'], who?: Condition): Program => ({
  ...{ kind: 'maintenance_program', id: 'nightly', name: 'Nightly', actions },
  ...(who && { who }),
});
const scored = model([rule('open', 'opened', 5)]);
const warm: DefinitionInput = {
  ...{ kind: 'segment', id: 'warm', name: 'Warm' },
  when: { kind: 'score', model: 'main', atLeast: 5 },
};

const problems = (...documents: DefinitionInput[]): string[] =>
  validate(definitionsOf(documents.map((document) => definitionSchema.parse(document))))
    .filter(({ document }) => document.kind === 'maintenance_program')
    .map(({ severity, code, path, message }) => `${severity} ${code} at ${path ?? ''}: ${message}`);

describe('a maintenance program', () => {
  test.each<[string, DefinitionInput[], string[]]>([
    ['a sound one', [scored, warm, program([rating('main'), label], { kind: 'segment', segment: 'warm' })], []],
    [
      'a model that is not there',
      [program([label, rating('gone')])],
      ['error unknown_model at actions.1.to.model: There is no score model "gone".'],
    ],
    [
      'a segment that is not there',
      [program([label], { kind: 'segment', segment: 'nowhere' })],
      ['error unknown_segment at who: There is no segment "nowhere".'],
    ],
    [
      'a condition that asks for an event',
      [program([label], { kind: 'property', property: 'asset', is: { op: 'is_set' } })],
      [
        'error condition_not_allowed at who: A condition of kind "property" cannot stand here; use fields, labels, stages, scores and what contacts did.',
      ],
    ],
    [
      'two actions on one field, two on one label',
      [scored, program([rating('main'), label, rating('main'), { type: 'remove_label', label: 'kept' }])],
      [
        'error conflicting_actions at actions.2: Actions 1 and 3 both change the field "rating"; keep one of them.',
        'error conflicting_actions at actions.3: Actions 2 and 4 both change the label "kept"; keep one of them.',
      ],
    ],
    [
      'two of one id',
      [program([label]), program([label])],
      ['error duplicate_id at id: Two documents of kind maintenance_program are called "nightly".'],
    ],
  ])('%s', (_, documents, found) => {
    expect(problems(...documents)).toEqual(found);
  });

  test('is among the uses of its segment', () => {
    const who: Condition = { kind: 'not', of: { kind: 'segment', segment: 'warm' } };
    const documents = [scored, warm, program([label], who)].map((document) => definitionSchema.parse(document));
    expect(usesOf(definitionsOf(documents), 'segment', 'warm')).toEqual([
      { kind: 'maintenance_program', id: 'nightly', name: 'Nightly', part: null, node: null },
    ]);
  });
});
