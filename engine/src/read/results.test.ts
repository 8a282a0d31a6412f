import { newSubject, scoreModelSchema } from '@ripen/shared';
import { expect, test } from 'vitest';
import { countResults } from './results.ts';

const banded = scoreModelSchema.parse({
  kind: 'model',
  id: 'fit',
  name: 'Fit',
  bands: [
    { id: 'b', name: 'B', from: 30 },
    { id: 'a', name: 'A', from: 70 },
  ],
});
const plain = scoreModelSchema.parse({ kind: 'model', id: 'fit', name: 'Fit', clamp: { min: -10, max: 40 } });

const people: [id: string, score: number | null, result?: boolean][] = [
  ['1', 70, true],
  ['2', 99, false],
  ['3', 69.999999, true],
  ['4', 30, undefined],
  ['5', 29, false],
  ['6', null, true],
];
const sampleOf = (scores = people) => ({
  at: 0,
  contacts: scores.length,
  sampled: false,
  models: ['other', 'fit'],
  members: scores.map(([id, score]) => ({ id, stage: null, scores: [1, score], known: newSubject(id) })),
});
const resultOf = (id: string): boolean | undefined => people.find(([each]) => each === id)?.[2];

test('bands from the highest down, those below all bands last; who is unknown is in neither number', () => {
  const { bands, total, notShown } = countResults(sampleOf(), banded, resultOf);
  expect(bands).toEqual([
    { id: 'a', name: 'A', from: 70, contacts: 2, converted: 1, unknown: 0, rate: 0.5 },
    { id: 'b', name: 'B', from: 30, contacts: 1, converted: 1, unknown: 1, rate: 1 },
    { id: null, name: 'No band', from: 0, contacts: 1, converted: 0, unknown: 0, rate: 0 },
  ]);
  expect(total).toEqual({ contacts: 4, converted: 2, unknown: 1, rate: 0.5 });
  expect(notShown).toBe(1);
});

test('a model without bands is cut into five equal parts, its least and its greatest score within', () => {
  const { bands, total } = countResults(
    sampleOf([
      ['1', 40],
      ['2', -10],
    ]),
    plain,
    () => true,
  );
  expect(bands.map(({ name, contacts, rate }) => [name, contacts, rate])).toEqual([
    ['30 to 40', 1, 1],
    ['20 to 30', 0, null],
    ['10 to 20', 0, null],
    ['0 to 10', 0, null],
    ['-10 to 0', 1, 1],
  ]);
  expect(total.contacts).toBe(2);
});

test('a sample stands for all', () => {
  const sample = { ...sampleOf(people.slice(0, 3)), contacts: 300, sampled: true };
  expect(countResults(sample, banded, resultOf).total).toEqual({
    contacts: 300,
    converted: 200,
    unknown: 0,
    rate: 0.6667,
  });
});
