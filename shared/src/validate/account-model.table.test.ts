import { expect, test } from 'vitest';
import { model, rule } from '../core/generators/play.ts';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../model/definitions.ts';
import { validate } from './validate.ts';

const contacts = model([rule('open', 'opened', 5), rule('bad', 'complained', -5)], { windowDays: 30 });
const industry = { kind: 'field', field: 'account.industry', is: { op: 'equals', value: 'Software' } };
const title = { kind: 'field', field: 'title', is: { op: 'equals', value: 'CEO' } };
const when = (condition: object, id = 'a') => ({ id, name: 'Rule', group: 'fit', points: 5, when: condition });

const problemsOf = (given: object) => {
  const sheet = {
    ...{ kind: 'account_model', id: 'company', name: 'Company', contacts: [{ model: 'main' }] },
    ...{ groups: [{ id: 'fit', name: 'Fit' }], rules: [when({ kind: 'all', of: [industry, industry] })], ...given },
  };
  const documents = [contacts, sheet as DefinitionInput].map((document) => definitionSchema.parse(document)); // Read by its schema here.
  return validate(definitionsOf(documents)).map(({ code, path, document }) => `${document.kind} ${code} ${path}`);
};

test.each([
  ['nothing', {}, []],
  ['a contact model that is not there', { contacts: [{ model: 'gone' }] }, ['unknown_model contacts.0.model']],
  ['a group that is not there', { groups: [] }, ['unknown_group rules.0.group']],
  ['two groups of one id', { groups: [1, 2].map(() => ({ id: 'fit', name: 'Fit' })) }, ['duplicate_id groups']],
  ['two rules of one id', { rules: [when(industry), when({ kind: 'not', of: industry })] }, ['duplicate_id rules']],
  ['two rules about the same', { rules: [when(industry), when(industry, 'b')] }, ['overlapping_rules rules.1']],
  ['a score of contacts twice', { contacts: [1, 2].map(() => ({ model: 'main' })) }, ['overlapping_rules contacts.1']],
  ['nothing that gives points', { contacts: [], rules: [] }, ['scores_nothing contacts']],
  [
    'a band that all points together do not reach',
    {
      ...{ contacts: [{ model: 'main', together: { kind: 'top', count: 2 }, cap: 90 }] },
      bands: [0, 95, 96].map((from) => ({ id: `from${from}`, name: 'Band', from })),
    },
    ['band_unreachable bands.2.from'],
  ],
  ['an empty range', { clamp: { min: 5, max: 5 } }, ['clamp_order clamp']],
  ['a field of contacts in a rule', { rules: [when(title)] }, ['condition_not_allowed rules.0.when']],
  ['a field of contacts in the audience', { audience: title }, ['condition_not_allowed audience']],
  [
    'a label, which accounts have none of',
    { audience: { kind: 'label', label: 'hot' } },
    ['condition_not_allowed audience'],
  ],
  [
    'a score inside',
    { rules: [when({ kind: 'not', of: { kind: 'score', model: 'main', atLeast: 5 } })] },
    ['condition_not_allowed rules.0.when.of'],
  ],
  [
    'a band that no score reaches',
    {
      bands: [
        { id: 'a', name: 'A', from: 0 },
        { id: 'b', name: 'B', from: 2_000 },
      ],
    },
    ['band_unreachable bands.1.from'],
  ],
])('wrong in a score sheet for accounts: %s', (_, given, expected) => {
  expect(problemsOf(given)).toEqual(expected.map((problem) => `account_model ${problem}`));
});
