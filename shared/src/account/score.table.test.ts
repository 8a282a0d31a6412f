import { describe, expect, test } from 'vitest';
import { day, model, Play, programOf, rule } from '../core/generators/play.ts';
import { accountModelSchema, type AccountModel } from '../model/account-model.ts';
import type { FieldValue } from '../model/value.ts';
import { compileAccountModels } from './compile.ts';
import { AccountGathering } from './gathering.ts';
import { nextLookAt, scoreAccount } from './score.ts';

const inEurope = { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'DE' } };
const program = programOf(
  model([rule('visit', 'visited', 10, { counts: { kind: 'every_time' } })], { clamp: { min: 0, max: 100 } }),
  { ...model([rule('read', 'visited', 8)], { halfLifeDays: 30 }), id: 'fading' },
  { ...model([rule('seen', 'visited', 1)], { audience: inEurope }), id: 'europe' },
);

type Given = Record<string, unknown>;
const accountModel = (given: Given): AccountModel =>
  accountModelSchema.parse({ kind: 'account_model', id: 'company', name: 'Company', ...given });

/** A contact who visited so often on day 0. */
const contact = (id: string, visits: number, fields: Record<string, FieldValue> = {}) => {
  const play = new Play(program, id);
  play.then({ on: 0, type: 'identify', fields: { 'account.id': 'g', ...fields } });
  for (let visit = 0; visit < visits; visit++) play.then({ on: 0, type: 'visited' });
  return play.driver.subject;
};

const accountOf = (given: Given, on: number, ...contacts: ReturnType<typeof contact>[]) => {
  const gathering = new AccountGathering(program, compileAccountModels([accountModel(given)], program), day(on));
  for (const subject of contacts) gathering.add(subject);
  return gathering.account();
};

const scored = (given: Given, on: number, ...contacts: ReturnType<typeof contact>[]) => {
  const [score] = scoreAccount(accountOf(given, on, ...contacts));
  if (!score) throw new Error('There is one model.');
  const lines = score.lines.map(({ kind, contact: who, label, points }) => `${kind} ${points} ${who ?? label}`);
  return { ...score, lines };
};

const three = [contact('a', 1), contact('b', 5), contact('c', 3)];
const together = (kind: string, more: object = {}) => ({ contacts: [{ model: 'main', together: { kind, ...more } }] });

describe('contacts taken together', () => {
  test.each([
    ['sum', {}, 90, ['contact 50 b', 'contact 30 c', 'contact 10 a']],
    ['maximum', {}, 50, ['contact 50 b']],
    ['average', {}, 30, ['contact 16.666667 b', 'contact 10 c', 'contact 3.333333 a']],
    ['top', { count: 2 }, 80, ['contact 50 b', 'contact 30 c']],
  ])('%s', (kind, more, score, lines) => {
    expect(scored(together(kind, more), 0, ...three)).toMatchObject({ score, lines });
  });

  test('the order in which contacts come changes nothing', () => {
    const [a, b, c] = three as [(typeof three)[0], (typeof three)[0], (typeof three)[0]]; // Three of them.
    expect(scored(together('top', { count: 2 }), 0, c, b, a)).toEqual(
      scored(together('top', { count: 2 }), 0, a, b, c),
    );
  });

  test('rounding of an average is a line, so that it adds up', () => {
    const odd = scored(together('average'), 0, contact('a', 1), contact('b', 0), contact('c', 0));
    expect(odd).toMatchObject({ score: 3.333333, lines: ['contact 3.333333 a'] });
    const more = scored(together('average'), 0, contact('a', 1), contact('b', 1), contact('c', 0));
    expect(more).toMatchObject({
      score: 6.666667,
      lines: ['contact 3.333333 a', 'contact 3.333333 b', 'rounding 0.000001 Rounding'],
    });
  });

  test('twenty are named, the others are one line', () => {
    const many = Array.from({ length: 23 }, (_, index) => contact(`c${String(index).padStart(2, '0')}`, 1));
    const { score, lines } = scored(together('sum'), 0, ...many);
    expect(score).toBe(230);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('contacts 30 3 other contacts');
  });

  test('what they bring ends at the cap, the score at the end of its range', () => {
    const part = { model: 'main', together: { kind: 'sum' }, cap: 60 };
    const { score, lines } = scored({ contacts: [part], clamp: { min: 0, max: 50 } }, 0, ...three);
    expect(score).toBe(50);
    expect(lines.slice(3)).toEqual(['cap -30 Over the cap of Main', 'clamp -10 Scores end at 50']);
  });

  test('who is outside the audience of the model does not count, not even in an average', () => {
    const europe = { contacts: [{ model: 'europe', together: { kind: 'average' } }] };
    expect(scored(europe, 0, contact('a', 1, { country: 'DE' }), contact('b', 1), contact('c', 1)).score).toBe(1);
  });

  test('the part that decays, and what is left of it later', () => {
    const fading = { contacts: [{ model: 'fading', part: 'behaviour', together: { kind: 'sum' } }] };
    expect(scored(fading, 30, ...three).score).toBe(36);
  });
});

describe("an account's own rules", () => {
  const large = { kind: 'field', field: 'account.employees', is: { op: 'at_least', value: 500 } };
  const committee = { kind: 'field', field: 'account.contacts', is: { op: 'at_least', value: 3 } };
  const given = {
    groups: [{ id: 'fit', name: 'Fit', cap: 25 }],
    rules: [
      { id: 'large', name: 'Large', group: 'fit', points: 20, when: large },
      { id: 'committee', name: 'Three contacts', group: 'fit', points: 10, when: committee },
    ],
    bands: [
      { id: 'a', name: 'A', from: 20 },
      { id: 'b', name: 'B', from: 0 },
    ],
  };

  test('points while a condition on its fields is true, under the cap of their group', () => {
    const employed = contact('d', 0, { 'account.employees': 700 });
    expect(scored(given, 0, ...three, employed)).toMatchObject({
      score: 25,
      band: { id: 'a', name: 'A' },
      lines: ['rule 20 Large', 'rule 10 Three contacts', 'cap -5 Over the cap of Fit'],
    });
    expect(scored(given, 0, employed)).toMatchObject({ score: 20, lines: ['rule 20 Large'] });
    expect(scored(given, 0, contact('a', 1))).toMatchObject({ score: 0, band: { id: 'b', name: 'B' }, lines: [] });
  });

  test('the score is not shown outside the audience', () => {
    expect(scored({ ...given, audience: large }, 0, ...three).shown).toBe(false);
    expect(scored({ ...given, audience: large }, 0, contact('d', 0, { 'account.employees': 700 })).shown).toBe(true);
  });
});

test('fields are what was said last, whoever said it, by group calls or as the company of an identify call', () => {
  const early = new Play(program, 'a').then({
    on: 1,
    type: 'group',
    fields: { 'account.id': 'g', 'account.name': 'Acme', 'account.size': 5 },
  });
  const late = new Play(program, 'b').then({
    on: 2,
    type: 'identify',
    fields: { 'company.id': 'g', 'company.name': 'ACME Ltd', 'company.size': 9 },
  });
  const account = accountOf({}, 3, late.driver.subject, early.driver.subject);
  expect(account.fields).toEqual({
    'account.contacts': 2,
    'account.id': 'g',
    'account.name': 'ACME Ltd',
    'account.size': 9,
  });
});

describe('when time alone may change it', () => {
  test('never, when nothing fades', () => {
    expect(nextLookAt(accountOf(together('sum'), 0, ...three))).toBe(null);
  });

  test('when half-lives have taken a point, and once a day at least', () => {
    const fading = { contacts: [{ model: 'fading' }] };
    const next = nextLookAt(accountOf(fading, 0, ...three)) ?? 0;
    const days = (next - day(0)) / (day(1) - day(0));
    expect(scored(fading, 0, ...three).score - scored(fading, days, ...three).score).toBeCloseTo(1, 5);
    expect(nextLookAt(accountOf(fading, 0, contact('a', 1)))).toBe(day(1));
  });

  test('when a date of the account comes', () => {
    const renewal = { kind: 'field', field: 'account.renewal', is: { op: 'in_next_days', days: 30 } };
    const given = {
      groups: [{ id: 'fit', name: 'Fit' }],
      rules: [{ id: 'soon', name: 'Renews soon', group: 'fit', points: 5, when: renewal }],
    };
    const account = accountOf(given, 0, contact('a', 0, { 'account.renewal': new Date(day(40)).toISOString() }));
    expect(nextLookAt(account)).toBe(day(10));
  });
});
