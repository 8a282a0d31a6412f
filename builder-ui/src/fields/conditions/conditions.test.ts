import { comparisonSchema, conditionSchema, type Comparison, type Condition } from '@ripen/shared';
import { expect, test } from 'vitest';
import { operatorWords, type Operator } from '../comparison-words.ts';
import { operatorsFor, scalarOf, withOperator } from './comparison-change.ts';
import { freshLeaf, leafKinds, leafWords, type LeafKind } from './kinds.ts';
import { howOften, withHowOften, type HowOften } from './performed.ts';
import { conditionOf, depthOf, groupOf, rootCondition, rootOf, rowOf, type Mode } from './tree.ts';

const us: Condition = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
const vip: Condition = { kind: 'label', label: 'VIP' };

test.each<Mode>(['all', 'any', 'none', 'not_all'])('a group of "%s" is written and read back', (mode) => {
  const condition = conditionOf(mode, [us, vip]);
  expect(conditionSchema.safeParse(condition).success).toBe(true);
  expect(groupOf(condition)).toMatchObject({ mode, of: [us, vip] });
});

test('a row alone is written without a group, and the last row takes the condition with it', () => {
  expect(rootOf(us)).toEqual({ mode: 'all', of: [us], path: '' });
  expect(rootCondition('all', [us])).toBe(us);
  expect(rootCondition('any', [us])).toEqual({ kind: 'any', of: [us] });
  expect(rootCondition('all', [us, vip])).toEqual({ kind: 'all', of: [us, vip] });
  expect(rootCondition('any', [])).toBeUndefined();
});

test('"not" stands in its row where the row can say it, else around a group', () => {
  expect(rowOf({ kind: 'not', of: vip })).toEqual({ condition: vip, negated: true, path: 'of' });
  expect(groupOf({ kind: 'not', of: vip })).toBeNull();
  expect(groupOf({ kind: 'not', of: us })).toEqual({ mode: 'none', of: [us], path: 'of' });
});

test('what the schema refuses is found at the row that shows it', () => {
  const broken: Condition = { kind: 'label', label: '' };
  for (const mode of ['all', 'any', 'none', 'not_all'] as const) {
    const condition = conditionOf(mode, [us, broken]);
    const issue = conditionSchema.safeParse(condition).error?.issues[0];
    expect(issue?.path.join('.')).toBe(`${groupOf(condition)?.path}.1.label`);
  }
});

test('groups count as deep as they lie', () => {
  expect(depthOf(us)).toBe(0);
  expect(depthOf(conditionOf('all', [us, conditionOf('none', [vip])]))).toBe(2);
});

test('all kinds can be chosen where everything may be looked at; profile rules see fields, stages, labels and segments', () => {
  expect([...leafKinds('automation')].sort()).toEqual(Object.keys(leafWords).sort());
  expect([...leafKinds('profile')].sort()).toEqual(['field', 'label', 'segment', 'stage']);
  expect(leafKinds('event')).not.toContain('performed');
  for (const kind of Object.keys(leafWords) as LeafKind[])
    expect(freshLeaf(kind, { model: 'm', stage: 's' }).kind).toBe(kind);
});

const operators = Object.keys(operatorWords) as Operator[];

test('every operator is offered for every kind of value', () => {
  for (const kind of ['text', 'number', 'boolean', 'date', 'list', 'unknown'] as const)
    expect([...operatorsFor(kind)].sort()).toEqual([...operators].sort());
});

test('from any operator to any other the comparison stays readable, and the value comes along', () => {
  for (const from of operators) {
    const start = withOperator({ op: 'equals', value: 'US' }, from, 'unknown');
    for (const to of operators) {
      const changed = withOperator(start, to, 'unknown');
      expect(changed.op).toBe(to);
      const missing =
        comparisonSchema.safeParse(changed).error?.issues.filter(({ code }) => code !== 'too_small') ?? [];
      expect(missing, `${from} to ${to}`).toEqual([]);
    }
  }
  const list: Comparison = { op: 'one_of', values: 'a; b' };
  expect(withOperator(list, 'none_of', 'text')).toEqual({ op: 'none_of', values: 'a; b' });
  expect(withOperator(list, 'equals', 'text')).toEqual({ op: 'equals', value: 'a' });
});

test('numbers are kept as numbers only where nothing that was typed changes', () => {
  expect(['60', '2.5', '-3'].map((typed) => scalarOf(typed, 'number'))).toEqual([60, 2.5, -3]);
  expect(['1.', '007', '1e3', '', ' 5', '-'].map((typed) => scalarOf(typed, 'number'))).toEqual([
    '1.',
    '007',
    '1e3',
    '',
    ' 5',
    '-',
  ]);
  expect(scalarOf('60', 'text')).toBe('60');
});

test.each<[HowOften, object]>([
  ['at_least', { atLeast: 2 }],
  ['at_most', { atMost: 3 }],
  ['between', { atLeast: 2, atMost: 3 }],
  ['never', { atMost: 0 }],
])('"%s" is written and read back', (often, bounds) => {
  const condition = withHowOften({ kind: 'performed', event: 'page', atLeast: 2, withinDays: 7 }, often);
  expect(condition).toEqual({ kind: 'performed', event: 'page', withinDays: 7, ...bounds });
  expect(howOften(condition)).toBe(often);
});
