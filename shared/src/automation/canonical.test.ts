import { expect, test } from 'vitest';
import type { Automation } from './graph.ts';
import { automationSchema } from './graph.ts';
import { canonical, canonicalText } from './canonical.ts';

const graph: Automation = automationSchema.parse({
  kind: 'automation',
  id: 'a',
  name: 'A',
  triggers: [{ type: 'manual' }],
  nodes: [
    { id: 'zz', type: 'end', settings: {} },
    { id: 'late', type: 'add_label', settings: { label: 'Late' } },
    { id: 'lost', type: 'add_label', settings: { label: 'Lost' } },
    { id: 'hand', type: 'route', settings: { queue: 'sales' } },
    { id: 'aa', type: 'add_label', settings: { label: 'First' } },
  ],
  edges: [
    { from: 'late', to: 'zz' },
    { from: 'hand', port: 'no_one', to: 'late' },
    { from: 'hand', port: 'routed', to: 'zz' },
    { from: 'aa', to: 'hand' },
    { from: 'start', to: 'aa' },
  ],
  layout: { zz: { x: 10.4, y: -0.2 }, gone: { x: 1, y: 1 }, start: { x: 0, y: 0 } },
});

test('steps in the order of the flow, output by output; what nothing leads to comes last', () => {
  const { nodes, edges, layout } = canonical(graph) as Automation;
  expect(nodes.map(({ id }) => id)).toEqual(['aa', 'hand', 'zz', 'late', 'lost']);
  expect(edges.map(({ from, port, to }) => `${from} ${port} ${to}`)).toEqual([
    'start next aa',
    'aa next hand',
    'hand routed zz',
    'hand no_one late',
    'late next zz',
  ]);
  expect(JSON.stringify(layout)).toBe('{"start":{"x":0,"y":0},"zz":{"x":10,"y":0}}');
});

test('the same however it was drawn: other orders of keys, steps and connections, other fractions of pixels', () => {
  const turned = Object.fromEntries(Object.entries(graph).reverse()) as Automation;
  const other: Automation = {
    ...turned,
    nodes: graph.nodes.toReversed().map((node) => Object.fromEntries(Object.entries(node).reverse()) as typeof node),
    edges: graph.edges.toReversed(),
    layout: { start: { x: 0.3, y: 0.1 }, zz: { x: 9.8, y: 0.4 } },
  };
  expect(canonicalText(other)).toBe(canonicalText(graph));
  expect(canonicalText(canonical(graph))).toBe(canonicalText(graph));
});

test('a step put in between changes its own lines only', () => {
  const before = canonicalText(graph).split('\n');
  const after = canonicalText({
    ...graph,
    nodes: [{ id: 'new', type: 'add_label', settings: { label: 'New' } }, ...graph.nodes],
    edges: [
      ...graph.edges.filter(({ from }) => from !== 'aa'),
      { from: 'aa', port: 'next', to: 'new' },
      { from: 'new', port: 'next', to: 'hand' },
    ],
  }).split('\n');
  const kept = new Set(after);
  expect(before.filter((line) => !kept.has(line))).toEqual([]);
});

test('five thousand steps in one line', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => `s${index}`);
  const long: Automation = {
    ...graph,
    nodes: ids.map((id) => ({ id, type: 'add_label', settings: { label: 'x' } })).reverse() as Automation['nodes'],
    edges: ids.map((to, index) => ({ from: ids[index - 1] ?? 'start', port: 'next', to })),
    layout: {},
  };
  expect((canonical(long) as Automation).nodes.map(({ id }) => id)).toEqual(ids);
});
