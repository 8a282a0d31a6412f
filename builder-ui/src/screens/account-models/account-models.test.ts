import { accountModelSchema, type AccountModel } from '@ripen/shared';
import { expect, test } from 'vitest';
import { noNames } from '../../fields/names.ts';
import { comparedAccountSettings } from './compare/compare-account-models.ts';
import { problemsOfAccountModel } from './problems.ts';
import { readAccountModelFile } from './read-account-model.ts';

const model = (more: object = {}): AccountModel =>
  accountModelSchema.parse({ kind: 'account_model', id: 'm', name: 'M', ...more });

test('what two models say of themselves stands side by side, in words', () => {
  const left = model({ contacts: [{ model: 'intent' }], bands: [{ id: 'a', name: 'A', from: 0 }] });
  const right = model({
    contacts: [{ model: 'intent', part: 'behaviour', together: { kind: 'top', count: 3 }, cap: 50 }],
    groups: [{ id: 'fit', name: 'Fit', cap: 20 }],
    bands: [{ id: 'a', name: 'A', from: 10 }],
  });
  expect(comparedAccountSettings(left, right, noNames).filter((pair) => pair.left !== pair.right)).toEqual([
    {
      label: 'What contacts bring',
      left: 'Intent: sum of all',
      right: 'Intent (what they do): sum of the highest 3, at most 50',
    },
    { label: 'Group “Fit”', left: 'No such group', right: 'At most 20' },
    { label: 'Band “A”', left: 'From 0', right: 'From 10' },
  ]);
});

test('a file holds the model, alone or among others, or it is said why not', () => {
  expect(readAccountModelFile(JSON.stringify([{ kind: 'queue' }, model()]))).toEqual({ model: model() });
  expect(readAccountModelFile('{')).toEqual({ why: 'The file is not JSON.' });
  expect(readAccountModelFile('{"kind":"model"}')).toHaveProperty('why');
});

test('errors come before doubts, each at its place', () => {
  const doubtful = model({ contacts: [{ model: 'gone' }, { model: 'gone' }] });
  expect(problemsOfAccountModel(doubtful, []).map(({ severity, path }) => `${severity} ${path}`)).toEqual([
    'error contacts.0.model',
    'error contacts.1.model',
    'warning contacts.1',
  ]);
});
