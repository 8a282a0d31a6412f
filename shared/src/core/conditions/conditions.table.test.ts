import { describe, expect, test } from 'vitest';
import type { Comparison, Condition } from '../../model/condition.ts';
import { comparisonSchema } from '../../model/condition.ts';
import type { FieldValue } from '../../model/value.ts';
import { compileCondition, type View } from './conditions.ts';
import { automation, day, model, Play, programOf, rule, type Happening } from '../generators/play.ts';

const noSegments = (): null => null;

const view = (fields: Record<string, FieldValue>, at = day(0)): View => ({
  at,
  fields,
  labels: ['hot'],
  stage: 'lead',
  properties: { page: { url: '/pricing' }, 'a.b': 1, list: ['x', 'y'] },
  events: () => [],
  score: () => 20_000_000,
  band: () => 'b',
});
const field = (is: Comparison): Condition => ({ kind: 'field', field: 'f', is });

test('comparisons that keep their answers forget some, not what they are', () => {
  const seventh = compileCondition(field({ op: 'ends_with', value: '7' }), noSegments);
  const texts = Array.from({ length: 2_500 }, (_, index) => String(index));
  for (const round of [texts, texts.toReversed()])
    expect(round.filter((f) => seventh.holds(view({ f })))).toEqual(round.filter((text) => text.endsWith('7')));
});

test('what every object inherits is no value', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const is = { op: 'is_set' } as const;
    for (const condition of [
      { kind: 'field', field: name, is } as const,
      { kind: 'property', property: name, is } as const,
      { kind: 'property', property: `page.${name}`, is } as const,
    ])
      expect({ condition, holds: compileCondition(condition, noSegments).holds(view({})) }).toMatchObject({
        holds: false,
      });
  }
});

/** Operator, then values for which it holds, then values for which it does not. `undefined`: the field was never set. */
const operators: [is: Comparison, holds: (FieldValue | undefined)[], fails: (FieldValue | undefined)[]][] = [
  [{ op: 'equals', value: 'CEO' }, ['CEO', ' ceo ', ['VP', 'CEO']], ['CTO', '', null, undefined, []]],
  [{ op: 'equals', value: 5 }, [5, '5', ' 5.0 '], [6, 'five', null]],
  [{ op: 'equals', value: true }, [true, 'true'], [false, 'yes', null]],
  [{ op: 'not_equals', value: 'US' }, ['DE', null, undefined, ''], ['US', 'us']],
  [{ op: 'one_of', values: 'President; CEO ;VP' }, ['ceo', 'VP', 'president'], ['Vice', '', null, undefined]],
  [{ op: 'one_of', values: [1, 'two'] }, [1, '1', 'Two'], [2, null]],
  [{ op: 'none_of', values: 'a;b' }, ['c', null, undefined], ['A', ['x', 'b']]],
  [{ op: 'contains', value: 'Market' }, ['Head of marketing', ['x', 'market']], ['Sales', null, undefined]],
  [{ op: 'not_contains', value: 'market' }, ['Sales', null], ['Marketing']],
  [{ op: 'starts_with', value: 'vp ' }, ['VP Sales', 'VPs'], ['My VP', null]],
  [{ op: 'ends_with', value: '@gmail.com' }, ['Donald@Gmail.com '], ['a@gmail.com.au', null]],
  [{ op: 'matches', value: '^donald.?duck@' }, ['DonaldDuck@gmail.com', 'donald.duck@x.org'], ['duck@gmail.com', null]],
  [{ op: 'greater', value: 10 }, [11, '10.5'], [10, '9', 'many', null, undefined]],
  [{ op: 'at_least', value: 10 }, [10, '10'], [9.99, null]],
  [{ op: 'less', value: 10 }, [9, '-1'], [10, null, undefined]],
  [{ op: 'at_most', value: 10 }, [10], [10.01, null]],
  [{ op: 'greater', value: '2025-01-01' }, ['2025-01-02', day(1)], ['2024-12-31', 'soon', null]],
  [{ op: 'between', from: 2, to: 4 }, [2, 3, '4'], [1.9, 4.1, null]],
  [{ op: 'between', from: '2025-01-01', to: '2025-02-01' }, ['2025-01-15T10:00:00Z'], ['2025-03-01', null]],
  [{ op: 'is_set' }, ['x', 0, false, ['x']], ['', '  ', null, undefined, []]],
  [{ op: 'is_empty' }, ['', '  ', null, undefined, []], ['x', 0, false]],
  [
    { op: 'is_junk_address' },
    ['DonaldDuck@gmail.com', ['ada@company.com', 'ada@mailinator.com']],
    ['ada@company.com', '', null, undefined, 5],
  ],
  [
    { op: 'in_last_days', days: 7 },
    ['2024-12-31', '2025-01-01', day(-7), day(0)],
    ['2025-01-01T00:00:01Z', day(-7.001), 'soon', null, undefined],
  ],
  [{ op: 'in_next_days', days: 7 }, ['2025-01-01', '2025-01-08', day(7)], [day(7.001), day(-0.001), null, undefined]],
];

const inWords = (is: Comparison): string => JSON.stringify(is);

describe('operators', () => {
  test.each(operators.map(([is, holds, fails]) => ({ name: inWords(is), is, holds, fails })))(
    '$name',
    ({ is, holds, fails }) => {
      const compiled = compileCondition(field(is), noSegments);
      const asked = (value: FieldValue | undefined) => compiled.holds(view(value === undefined ? {} : { f: value }));
      expect(holds.filter((value) => !asked(value))).toEqual([]);
      expect(fails.filter(asked)).toEqual([]);
    },
  );

  test('every operator has a case', () => {
    const known = comparisonSchema.options.flatMap(({ shape: { op } }): string[] =>
      'options' in op ? op.options : [...op.values],
    );
    expect(new Set(operators.map(([is]) => is.op))).toEqual(new Set(known));
  });

  test('a pattern that cannot be read is refused with a sentence', () => {
    expect(() => compileCondition(field({ op: 'matches', value: '(' }), noSegments)).toThrow();
  });

  test('a pattern that would never come back on other engines comes back', () => {
    const compiled = compileCondition(field({ op: 'matches', value: '^(a+)+$' }), noSegments);
    expect(compiled.holds(view({ f: `${'a'.repeat(9_000)}b` }))).toBe(false);
  });
});

describe('other conditions', () => {
  const yes: Condition = { kind: 'label', label: 'hot' };
  const no: Condition = { kind: 'label', label: 'cold' };
  test.each<[string, Condition, boolean]>([
    ['all', { kind: 'all', of: [yes, yes] }, true],
    ['all but one', { kind: 'all', of: [yes, no] }, false],
    ['any', { kind: 'any', of: [no, yes] }, true],
    ['none', { kind: 'any', of: [no, no] }, false],
    ['not', { kind: 'not', of: no }, true],
    ['stage', { kind: 'stage', in: [null, 'lead'] }, true],
    ['another stage', { kind: 'stage', in: [null, 'mql'] }, false],
    ['score from', { kind: 'score', model: 'm', atLeast: 20 }, true],
    ['band', { kind: 'band', model: 'm', in: ['a', 'b'] }, true],
    ['another band', { kind: 'band', model: 'm', in: ['a'] }, false],
    ['score below', { kind: 'score', model: 'm', below: 20 }, false],
    [
      'a property by its path',
      { kind: 'property', property: 'page.url', is: { op: 'equals', value: '/pricing' } },
      true,
    ],
    ['a property whose name has a dot', { kind: 'property', property: 'a.b', is: { op: 'equals', value: 1 } }, true],
    ['a member of a list', { kind: 'property', property: 'list', is: { op: 'equals', value: 'y' } }, true],
    ['what only prototypes have', { kind: 'field', field: 'toString', is: { op: 'is_set' } }, false],
  ])('%s', (_, condition, expected) => {
    expect(compileCondition(condition, noSegments).holds(view({}))).toBe(expected);
  });
});

describe('conditions whose answer changes with time', () => {
  const renewal = (op: 'in_last_days' | 'in_next_days') =>
    programOf(
      model([
        {
          kind: 'profile',
          id: 'due',
          name: 'Due',
          group: 'fit',
          points: 9,
          when: { kind: 'field', field: 'renewal', is: { op, days: 10 } },
        },
      ]),
    );
  const set = (on: number, to: number): Happening => ({
    on,
    type: 'identify',
    fields: { renewal: new Date(day(to)).toISOString() },
  });

  test('points are held for as long as a date lies in the next days', () => {
    expect(new Play(renewal('in_next_days')).then(set(0, 30)).until(50).ledger).toEqual([
      'profile +9 @20 rule:due',
      'reversal -9 @30 rule:due',
    ]);
  });

  test('and for as long as it lies in the last days', () => {
    const play = new Play(renewal('in_last_days')).then(set(0, 30)).until(50);
    expect(play.ledger).toEqual(['profile +9 @30 rule:due', 'reversal -9 @40 rule:due']);
    // The tenth day still belongs to it, to the millisecond.
    expect(play.outcome.entries.map((entry) => entry.at)).toEqual([day(30), day(40) + 1]);
    expect(play.dueOn).toBeNull();
  });

  test('a date that moves takes its dues along', () => {
    const play = new Play(renewal('in_next_days')).then(set(0, 30), set(5, 12));
    expect(play.ledger).toEqual(['profile +9 @5 rule:due']);
    expect(play.driver.subject.nextDueAt).toBe(day(12) + 1);
  });
});

describe('what was performed', () => {
  const asked = (condition: Extract<Condition, { kind: 'performed' }>, ...before: Happening[]): boolean => {
    const ask = automation(
      'flow',
      [{ type: 'event', event: 'go' }],
      [{ id: 'ask', type: 'condition', settings: { branches: [{ id: 'yes', name: 'yes', when: condition }] } }],
    );
    const play = new Play(programOf(model([rule('x', 'x', 1)]), ask)).then(...before, { on: 20, type: 'go' });
    return play.trails.at(-1) === 'ask:yes@20 completed';
  };
  const viewed = (on: number, more: Partial<Happening> = {}): Happening => ({ on, type: 'viewed', ...more });
  const three = [viewed(1), viewed(15), viewed(19)];

  test.each<[string, Partial<Extract<Condition, { kind: 'performed' }>>, boolean]>([
    ['ever', {}, true],
    ['three times', { atLeast: 3 }, true],
    ['four times', { atLeast: 4 }, false],
    ['twice in ten days', { atLeast: 2, withinDays: 10 }, true],
    ['three times in ten days', { atLeast: 3, withinDays: 10 }, false],
    ['at the edge of the days: one exactly so old is out', { atLeast: 2, withinDays: 5 }, false],
    ['at most twice', { atMost: 2 }, false],
    ['at most three times', { atMost: 3 }, true],
    ['never in the last hour', { atMost: 0, withinDays: 1 / 24 }, true],
    ['never', { event: 'bought', atMost: 0 }, true],
    ['not at all', { event: 'bought' }, false],
  ])('%s', (_, more, expected) => {
    expect(asked({ kind: 'performed', event: 'viewed', ...more }, ...three)).toBe(expected);
  });

  test('only events that fit', () => {
    const where: Condition = { kind: 'property', property: 'page', is: { op: 'equals', value: 'pricing' } };
    const pricing = viewed(3, { properties: { page: 'pricing' } });
    expect(asked({ kind: 'performed', event: 'viewed', where, atLeast: 1 }, ...three)).toBe(false);
    expect(asked({ kind: 'performed', event: 'viewed', where, atLeast: 1 }, pricing, ...three.slice(1))).toBe(true);
    expect(asked({ kind: 'performed', event: 'viewed', where, atLeast: 2 }, pricing, ...three.slice(1))).toBe(false);
  });

  test('an event counts on the day on which it happened, and the one at hand counts too', () => {
    expect(asked({ kind: 'performed', event: 'viewed', withinDays: 5 }, viewed(19, { occurred: 10 }))).toBe(false);
    expect(asked({ kind: 'performed', event: 'go', atLeast: 1, withinDays: 1 })).toBe(true);
  });
});
