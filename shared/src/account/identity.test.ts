import { describe, expect, test } from 'vitest';
import { accountIdOf, tellsOtherwise } from './identity.ts';

describe('whose contact somebody is', () => {
  test.each([
    [
      'the id of a group call',
      { 'account.id': 'g1' },
      { 'account.id': 'g1', 'account.name': 'Acme', company: 'Other' },
    ],
    ['the id of the company of an identify call', { 'account.id': 'g1' }, { 'company.id': 'g1' }],
    ['the same name, written otherwise', { company: 'Acme  Ltd' }, { 'account.name': ' acme ltd' }],
    ['ids may be numbers', { 'account.id': 12 }, { 'account.id': '12' }],
  ])('%s', (_, one, other) => {
    expect(accountIdOf(one)).not.toBe(null);
    expect(accountIdOf(other)).toBe(accountIdOf(one));
  });

  test('an id is not a name, and ids tell upper from lower case', () => {
    const fields: Record<string, string>[] = [{ 'account.id': 'acme' }, { 'account.id': 'Acme' }, { company: 'acme' }];
    const ids = fields.map((each) => accountIdOf(each));
    expect(new Set(ids).size).toBe(3);
  });

  test.each([[{}], [{ company: '  ' }], [{ company: ['a', 'b'] }], [{ 'account.size': 3, email: 'ada@acme.example' }]])(
    'nobody, by %j',
    (fields) => expect(accountIdOf(fields)).toBe(null),
  );
});

describe('whether a contact says something else of its account', () => {
  test.each([
    [{ a: 1 }, { a: 2 }, false],
    [{}, { company: 'Acme' }, true],
    [{ 'account.size': 1 }, { 'account.size': 2 }, true],
    [{ 'account.size': 1 }, {}, true],
    [{ 'account.size': 1, x: 1 }, { 'account.size': 1, x: 2 }, false],
  ])('%j then %j: %s', (before, after, otherwise) => {
    expect(tellsOtherwise(before, after)).toBe(otherwise);
  });
});
