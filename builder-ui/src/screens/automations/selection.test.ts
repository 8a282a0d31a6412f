import { expect, test } from 'vitest';
import { extended, nothing, shownOf, toggled } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];

test('one by one, and all between two in either direction', () => {
  const one = toggled(nothing, 'c');
  expect([...one.chosen]).toEqual(['c']);
  expect(shownOf(extended(one, order, 'a'), order)).toEqual(['a', 'b', 'c']);
  expect(shownOf(extended(one, order, 'd'), order)).toEqual(['c', 'd']);
  expect(shownOf(toggled(extended(one, order, 'a'), 'b'), order)).toEqual(['a', 'c']);
});

test('without an anchor, or with one that is out of sight, only the one', () => {
  expect(shownOf(extended(nothing, order, 'b'), order)).toEqual(['b']);
  expect(shownOf(extended(toggled(nothing, 'gone'), order, 'b'), order)).toEqual(['b']);
});

test('what a filter hides is not acted on', () => {
  expect(shownOf(toggled(toggled(nothing, 'a'), 'd'), ['b', 'd'])).toEqual(['d']);
});
