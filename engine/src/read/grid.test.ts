import { compile, definitionsOf, newSubject, scoreModelSchema } from '@ripen/shared';
import { expect, test } from 'vitest';
import { gridOf } from './distribution.ts';
import { namesOf } from './names.ts';

const model = (id: string, ...bands: [id: string, from: number][]) =>
  scoreModelSchema.parse({
    kind: 'model',
    id,
    name: id,
    bands: bands.map(([band, from]) => ({ id: band, name: band, from })),
  });
const definitions = definitionsOf([model('fit', ['b', 0], ['a', 50]), model('intent', ['hot', 30])]);
const workspace = { definitions, program: compile(definitions), names: namesOf(definitions), accountModels: [] };

test('contacts are counted by their bands in both models; outside an audience they are in no cell', () => {
  const scores = [
    [60, 40],
    [50, 30],
    [49, 30],
    [10, 29],
    [null, 99],
  ];
  const sample = {
    at: 0,
    contacts: 5,
    sampled: false,
    models: ['fit', 'intent'],
    members: scores.map((each, index) => ({
      id: `${index}`,
      stage: null,
      scores: each,
      known: newSubject(`${index}`),
    })),
  };
  const { rows, columns, counts } = gridOf(sample, workspace, { model: 'fit', with: 'intent' });
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b', null]);
  expect(columns.map(({ id }) => id)).toEqual(['hot', null]);
  expect(counts).toEqual([
    [2, 0],
    [1, 1],
    [0, 0],
  ]);
});
