import { startNodeId, type Automation, type GraphNode } from '@ripen/shared';
import { expect, test } from 'vitest';
import { apply } from './apply.ts';
import { Editor } from './editor.ts';
import { emptyDocument, readDocument } from './read.ts';
import { neighbour } from './walk.ts';

const label = (id: string): GraphNode => ({ id, type: 'add_label', settings: { label: id } });
const ask: GraphNode = {
  id: 'ask',
  type: 'condition',
  settings: { branches: [{ id: 'yes', name: 'Yes', when: { kind: 'label', label: 'hot' } }] },
};

/** start -> ask -yes-> a -> b, and ask -else-> c. */
const flow: Automation = [
  { node: ask, after: { from: startNodeId, port: 'next' } },
  { node: label('a'), after: { from: 'ask', port: 'yes' } },
  { node: label('b'), after: { from: 'a', port: 'next' } },
  { node: label('c'), after: { from: 'ask', port: 'else' } },
].reduce<Automation>((document, add) => apply(document, { kind: 'add', ...add }), {
  ...emptyDocument('flow', 'Flow'),
  triggers: [{ type: 'manual' }],
});
const ways = (document: Automation): string[] =>
  document.edges.map(({ from, port, to }) => `${from} ${port} ${to}`).sort();

test('a step on an edge goes in between, and what follows makes room', () => {
  const after = apply(flow, { kind: 'add', node: label('new'), after: { from: 'ask', port: 'yes' } });
  expect(ways(after)).toEqual(['a next b', 'ask else c', 'ask yes new', 'new next a', 'start next ask'].sort());
  const y = (id: string): number => after.layout?.[id]?.y ?? NaN;
  expect(y('ask') < y('new') && y('new') < y('a') && y('a') < y('b')).toBe(true);
  // What does not follow stays where it was put.
  expect(after.layout?.['c']).toEqual(flow.layout?.['c']);
});

test('the edge closes over a deleted step; a branch that goes takes its edge along', () => {
  expect(ways(apply(flow, { kind: 'delete', nodes: ['a'] }))).toEqual(['ask else c', 'ask yes b', 'start next ask']);
  expect(ways(apply(flow, { kind: 'delete', nodes: ['a', 'b'] }))).toEqual(['ask else c', 'start next ask']);
  const renamed: GraphNode = {
    ...ask,
    type: 'condition',
    settings: { branches: [{ id: 'other', name: 'Other', when: { kind: 'label', label: 'hot' } }] },
  };
  expect(ways(apply(flow, { kind: 'change', node: renamed }))).toEqual(['a next b', 'ask else c', 'start next ask']);
});

test('arrow keys follow the edges, and go sideways to what is nearest', () => {
  expect(neighbour(flow, startNodeId, 'down')).toBe('ask');
  expect(neighbour(flow, 'ask', 'down')).toBe('a');
  expect(neighbour(flow, 'a', 'right')).toBe('c');
  expect(neighbour(flow, 'c', 'left')).toBe('a');
  expect(neighbour(flow, 'c', 'up')).toBe('ask');
  expect(neighbour(flow, startNodeId, 'up')).toBe(null);
});

test('the editor forgets the selection of what is gone, and undo brings the rest back', () => {
  const editor = new Editor(flow, () => 0);
  editor.select(['a', 'b']);
  editor.do({ kind: 'delete', nodes: ['a'] });
  expect([...editor.state().selection]).toEqual(['b']);
  editor.undo();
  expect(editor.document).toBe(flow);
});

test('a draft may be unfinished, but not of another shape', () => {
  const unfinished = { ...flow, triggers: [], nodes: [{ id: 'a', type: 'add_label', settings: {} }], edges: [] };
  expect(readDocument(unfinished, 'flow').kind).toBe('document');
  expect(readDocument({ ...flow, nodes: [{ id: 'a', type: 'dance', settings: {} }] }, 'flow')).toMatchObject({
    kind: 'corrupt',
  });
});
