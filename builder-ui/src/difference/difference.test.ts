import { describeDifference, differenceOf, startNodeId, type Automation, type GraphNode } from '@ripen/shared';
import { expect, test } from 'vitest';
import { apply } from '../document/apply.ts';
import { emptyDocument } from '../document/read.ts';
import { noNames, type Names } from '../fields/names.ts';
import { marksBeside, mergedDrawing } from './merged.ts';
import { wordingOf } from './wording.ts';

const label = (id: string): GraphNode => ({ id, type: 'add_label', settings: { label: id } });
const points = (amount: number): GraphNode => ({
  ...{ id: 'give', type: 'add_points' },
  settings: { model: 'fit', group: 'automations', points: amount, counts: { kind: 'once' }, decays: true },
});
const pause = (amount: number): GraphNode => ({
  ...{ id: 'pause', type: 'wait_time' },
  settings: { duration: { amount, unit: 'days' } },
});

/** start -> pause -> give -> a. */
const first: Automation = [
  { node: pause(1), after: { from: startNodeId, port: 'next' } },
  { node: points(5), after: { from: 'pause', port: 'next' } },
  { node: label('a'), after: { from: 'give', port: 'next' } },
].reduce<Automation>((document, add) => apply(document, { kind: 'add', ...add }), {
  ...emptyDocument('flow', 'Flow'),
  triggers: [{ type: 'manual' }],
});
/** start -> b -> pause (3 days) -> a. */
const second = [
  { kind: 'delete' as const, nodes: ['give'] },
  { kind: 'change' as const, node: pause(3) },
  { kind: 'add' as const, node: label('b'), after: { from: startNodeId, port: 'next' } },
].reduce<Automation>((document, edit) => apply(document, edit), first);

const names: Names = { ...noNames, models: [{ id: 'fit', name: 'Fit', groups: [], bands: [] }] };

test('both versions in one drawing: what is gone is there as a ghost, at a place of its own', () => {
  const { document, marks } = mergedDrawing(first, second);
  expect(document.nodes.map(({ id }) => id).sort()).toEqual(['a', 'b', 'give', 'pause']);
  expect([...marks.nodes].sort()).toEqual([
    ['b', 'added'],
    ['give', 'removed'],
    ['pause', 'changed'],
  ]);
  expect([...marks.edges].sort()).toEqual([
    ['b next', 'added'],
    ['pause next', 'added'],
    ['start next', 'added'],
  ]);
  expect(marks.ghosts.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(['give a', 'pause give', 'start pause']);
  const spots = Object.values(document.layout ?? {}).map(({ x, y }) => `${x} ${y}`);
  expect(new Set(spots).size).toBe(spots.length);
});

test('beside each other, the earlier shows what goes and the later what comes', () => {
  const { before, after } = marksBeside(first, second);
  expect([[...before.nodes], [...after.nodes]].map((marks) => marks.sort())).toEqual([
    [
      ['give', 'removed'],
      ['pause', 'changed'],
    ],
    [
      ['b', 'added'],
      ['pause', 'changed'],
    ],
  ]);
  expect([[...before.edges.values()], [...after.edges.values()]]).toEqual([
    ['removed', 'removed', 'removed'],
    ['added', 'added', 'added'],
  ]);
});

test('changes are said with the names of what ids stand for', () => {
  const other = apply(first, {
    kind: 'change',
    node: {
      ...points(5),
      type: 'add_points',
      settings: { model: 'main', group: 'automations', points: 8, counts: { kind: 'every_time' }, decays: false },
    },
  });
  const after = apply(other, {
    kind: 'automation',
    change: { whileInside: 'skip', triggers: [{ type: 'label_added', label: 'hot' }] },
  });
  const lines = describeDifference(differenceOf(first, after), { before: first, after }, wordingOf(names));
  expect(lines.map(({ title, settings }) => [title, ...settings.map((one) => Object.values(one).join(' | '))])).toEqual(
    [
      ['What starts it', ' | Started by hand or by another automation | Gets the label “hot”'],
      ['What happens to those inside', ' | Go through again beside it | Ignore the new start'],
      ['Add points', 'Model | Fit | Main', 'Points | 5 | 8', 'Counts | once | every time', 'Decays | yes | no'],
    ],
  );
});
