import { scoreModelSchema, type ScoreModel } from '@ripen/shared';
import { expect, test } from 'vitest';
import { noNames } from '../../../fields/names.ts';
import { comparedBands, comparedRules, comparedSettings } from './compare-models.ts';
import { opposite, pickedOf, textOf } from './sides.ts';

const rule = (id: string, name: string, points: number, event = id): object => ({
  ...{ kind: 'behaviour', id, name, group: 'acts', points, event },
});
const model = (rules: object[], more: object = {}): ScoreModel =>
  scoreModelSchema.parse({
    ...{ kind: 'model', id: 'm', name: 'M', rules, groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }] },
    ...more,
  });

test('rules stand beside each other by id, else by name, else by what they look at', () => {
  const left = model([
    rule('a', 'Opened', 1),
    rule('b', 'Clicked', 2),
    rule('c', 'Asked', 3, 'demo'),
    rule('d', 'Left', -5),
  ]);
  const right = model([
    rule('a', 'Opened', 4),
    rule('x', 'clicked ', 2, 'b'),
    rule('y', 'Wants a demo', 3, 'demo'),
    rule('z', 'New', 9),
  ]);
  const pairs = comparedRules(left, right, noNames).map((pair) => [
    pair.left?.name,
    pair.right?.name,
    pair.same,
    [...pair.differs].join(' '),
  ]);
  expect(pairs).toEqual([
    ['Opened', 'Opened', false, 'points'],
    ['Clicked', 'clicked', false, 'name'],
    ['Asked', 'Wants a demo', false, 'name'],
    ['Left', undefined, false, ''],
    [undefined, 'New', false, ''],
  ]);
  expect(comparedRules(left, left, noNames).every((pair) => pair.same)).toBe(true);
});

test('settings and caps are said by both sides', () => {
  const right = model([], { windowDays: 30, groups: [{ id: 'x', name: 'acts', kind: 'behaviour', cap: 50 }] });
  const differing = comparedSettings(model([]), right, noNames).filter((pair) => pair.left !== pair.right);
  expect(differing).toEqual([
    { label: 'Points expire', left: 'Never', right: 'After 30 days' },
    { label: 'Group “acts”', left: 'No cap', right: 'At most 50' },
  ]);
});

test('bands stand beside each other by their names, the highest first', () => {
  const banded = (...bands: [string, number][]) =>
    model([], { bands: bands.map(([name, from]) => ({ id: name.toLowerCase(), name, from })) });
  expect(
    comparedBands(banded(['C', 0], ['A', 80]), banded(['A', 70], ['B', 40])).map(({ name, left, right }) => [
      name,
      left?.from ?? null,
      right?.from ?? null,
    ]),
  ).toEqual([
    ['A', 80, 70],
    ['B', null, 40],
    ['C', 0, null],
  ]);
});

test('an address names a model and its state; opposite stands its draft, or another model', () => {
  expect(['fit', 'fit@draft', 'fit@3'].map((text) => textOf(pickedOf(text) ?? { id: '', state: '' }))).toEqual([
    'fit',
    'fit@draft',
    'fit@3',
  ]);
  const models = [
    { id: 'fit', version: 2, draft: {} },
    { id: 'new', version: null, draft: {} },
  ];
  expect(opposite({ id: 'fit', state: 'live' }, models)).toEqual({ id: 'fit', state: 'draft' });
  expect(opposite({ id: 'fit', state: '1' }, models)).toEqual({ id: 'fit', state: 'live' });
  expect(opposite({ id: 'fit', state: 'live' }, [{ id: 'fit', version: 2, draft: null }])).toBeNull();
});
