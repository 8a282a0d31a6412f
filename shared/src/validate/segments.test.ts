import { describe, expect, test } from 'vitest';
import { automation, model, rule } from '../core/generators/play.ts';
import type { Condition } from '../model/condition.ts';
import { definitionSchema, definitionsOf, type Definitions, type DefinitionInput } from '../model/definitions.ts';
import { usesOf } from './uses.ts';
import { validate } from './validate.ts';

const setOf = (documents: readonly DefinitionInput[]): Definitions =>
  definitionsOf(documents.map((document) => definitionSchema.parse(document)));

const segment = (id: string, when: Condition): DefinitionInput => ({ kind: 'segment', id, name: id, when });
const fine = model([rule('open', 'opened', 5), rule('bad', 'complained', -5)]);
const end = { id: 'end', type: 'end' as const, settings: {} };
const hot = { id: 'hot', type: 'add_label' as const, settings: { label: 'hot' } };

describe('segments', () => {
  const busy = segment('busy', { kind: 'performed', event: 'opened', atLeast: 3 });
  const audience: Condition = { kind: 'segment', segment: 'outer' };
  const messages = (...documents: DefinitionInput[]): string[] =>
    validate(setOf(documents)).flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));

  test('a circle is told with the way round', () => {
    const circle = [
      segment('a', { kind: 'segment', segment: 'b' }),
      segment('b', { kind: 'not', of: { kind: 'segment', segment: 'a' } }),
    ];
    expect(messages(...circle)[0]).toBe(
      'The segment contains itself: "a" refers to "b" refers to "a". Take one of these references out.',
    );
  });

  test('a circle is found through conditions on earlier events', () => {
    const circle = [
      segment('a', { kind: 'performed', event: 'x', where: { kind: 'segment', segment: 'b' } }),
      segment('b', { kind: 'segment', segment: 'a' }),
    ];
    expect(messages(...circle).some((message) => message.startsWith('The segment contains itself'))).toBe(true);
  });

  test('can stand where all that they look at can, however deep it is', () => {
    const outer = segment('outer', { kind: 'any', of: [{ kind: 'segment', segment: 'busy' }] });
    expect(messages(busy, outer, { ...fine, audience })).toEqual([
      'The segment "outer" looks at what contacts did and cannot stand here; use fields, labels and stages.',
    ]);
    const us: Condition = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
    expect(messages(segment('busy', us), outer, { ...fine, audience })).toEqual([]);
  });

  test('cannot look at the properties of an event that is not there', () => {
    const when: Condition = { kind: 'property', property: 'path', is: { op: 'is_set' } };
    expect(messages(segment('s', when))).toEqual([
      'A condition of kind "property" cannot stand here; use fields, labels, stages, scores and what contacts did.',
    ]);
    expect(messages(segment('s', { kind: 'performed', event: 'page', where: when }))).toEqual([]);
  });

  test('an automation that changes what its own segment looks at may start itself', () => {
    const hotOnes = segment('hot-ones', { kind: 'label', label: 'hot' });
    const flow = automation('flow', [{ type: 'segment_entered', segment: 'hot-ones' }], [hot, end]);
    expect(validate(setOf([hotOnes, flow])).map(({ code }) => code)).toContain('trigger_loop');
  });

  test('know where they are used', () => {
    const branch = {
      id: 'yes',
      name: 'Yes',
      when: { kind: 'not', of: { kind: 'segment', segment: 'busy' } } as Condition,
    };
    const by = usesOf(
      setOf([
        busy,
        segment('outer', { kind: 'segment', segment: 'busy' }),
        automation('flow', [{ type: 'segment_left', segment: 'busy' }], [end]),
        automation(
          'asking',
          [{ type: 'manual' }],
          [{ id: 'ask', type: 'condition', settings: { branches: [branch] } }],
        ),
      ]),
      'segment',
      'busy',
    );
    expect(by.map(({ kind, id, part, node }) => [kind, id, part, node])).toEqual([
      ['automation', 'flow', 'trigger', null],
      ['automation', 'asking', 'Condition', 'ask'],
      ['segment', 'outer', null, null],
    ]);
  });
});
