import { definitionsOf, validate } from '@ripen/shared';
import { expect, test } from 'vitest';
import { sampleDefinitions, sampleDrafts } from './index.ts';

const documents = sampleDefinitions({ hooksAt: 'http://127.0.0.1:4600' });

test('the sample is what a good workspace looks like: nothing in it is even warned about', () => {
  expect(validate(definitionsOf(documents))).toEqual([]);
});

test('every node has a place on the canvas of its own', () => {
  const automations = [...documents, ...sampleDrafts].filter((document) => document.kind === 'automation');
  expect(automations).toHaveLength(7);
  for (const { nodes, layout = {} } of automations) {
    const places = ['start', ...nodes.map(({ id }) => id)].map((id) => JSON.stringify(layout[id]));
    expect(places).not.toContain(undefined);
    expect(new Set(places).size).toBe(places.length);
  }
});
