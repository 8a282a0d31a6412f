import { scoreModelSchema, type Definition, type EventInput, type ScoreModel } from '@ripen/shared';
import { describe, expect, test } from 'vitest';
import { noNames } from '../../fields/index.ts';
import { differences } from './differences.ts';
import {
  addGroup,
  addRule,
  changeRule,
  deleteGroup,
  deleteRule,
  duplicateRule,
  restoreRule,
  turnRule,
} from './edit.ts';
import { problemsOfModel } from './problems.ts';
import { emptyModel, readModel, readModelFile } from './read-model.ts';
import { replay, withModel } from './replay.ts';
import { arrange } from './rules/arrange.ts';
import { starterModel } from './starter.ts';

const starter = starterModel('lead', 'Lead score');
const [first, second] = starter.rules;
if (!first || !second) throw new Error('The starter has rules.');

describe('reading', () => {
  test('the starter and an empty model are sound documents', () => {
    expect(scoreModelSchema.parse(starter)).toEqual(starter);
    expect(readModel(emptyModel('a', 'A')).kind).toBe('document');
  });

  test('an unfinished draft opens, a corrupt one says why', () => {
    const half = {
      ...starter,
      name: '',
      rules: [
        { ...first, points: undefined },
        { ...starter.rules[2], counts: undefined },
      ],
    };
    expect(readModel(half)).toMatchObject({
      kind: 'document',
      document: { rules: [{}, { counts: { kind: 'once' } }] },
    });
    for (const raw of [
      null,
      'x',
      {},
      { ...starter, rules: 'x' },
      { ...starter, rules: [{ id: 'a' }] },
      { ...starter, groups: [1] },
    ])
      expect(readModel(raw)).toMatchObject({ kind: 'corrupt', why: expect.stringMatching(/\.$/) as string });
    expect(readModel({ ...starter, rules: [{ ...first, when: { kind: 'all', of: [{ kind: 'what' }] } }] })).toEqual({
      kind: 'corrupt',
      why: 'Rule 1 cannot be read.',
    });
  });
});

describe('editing', () => {
  test('a first rule brings the group that it needs, a second one uses it', () => {
    const one = addRule(emptyModel('a', 'A'), 'behaviour');
    const two = addRule(one.model, 'behaviour');
    expect(two.model.groups).toHaveLength(1);
    expect(two.model.rules.map(({ group }) => group)).toEqual(['engagement', 'engagement']);
    expect(one.id).not.toBe(two.id);
  });

  test('a copy follows its original; a deleted rule comes back where it was', () => {
    const copied = duplicateRule(starter, first.id);
    expect(copied.model.rules[1]).toMatchObject({ id: copied.id, name: `${first.name} (copy)` });
    const without = deleteRule(starter, second.id);
    expect(restoreRule(without, second, 1)).toEqual(starter);
    expect(restoreRule(starter, second, 1)).toBe(starter);
  });

  test('a rule of another kind keeps its name and points and stands in a group of that kind', () => {
    const turned = turnRule(starter, first.id, 'behaviour').rules[0];
    expect(turned).toMatchObject({ kind: 'behaviour', name: first.name, points: first.points, group: 'engagement' });
    expect(turnRule(starter, first.id, 'profile')).toBe(starter);
  });

  test('rules of a deleted group move to another of its kind, or go', () => {
    const more = addGroup(starter, 'profile');
    expect(deleteGroup(more.model, 'fit').rules.map(({ group }) => group)).toEqual([
      more.id,
      more.id,
      'engagement',
      'engagement',
      'engagement',
    ]);
    expect(deleteGroup(starter, 'fit').rules).toHaveLength(3);
  });
});

test('rules stand under their groups, searched by name and words, in the order asked for', () => {
  const words = (rule: { id: string }): string => `looks at ${rule.id}`;
  const names = (asked: Parameters<typeof arrange>[1]): string[][] =>
    arrange(starter, asked, words).map(({ group, rules }) => [group.id, ...rules.map(({ id }) => id)]);
  expect(names({ q: '', order: 'points' })).toEqual([
    ['fit', 'decision-maker', 'student'],
    ['engagement', 'contact-form', 'email-click', 'unsubscribed'],
  ]);
  expect(names({ q: 'LOOKS AT STUDENT', order: 'entered' })).toEqual([['fit', 'student']]);
  expect(names({ q: '', order: 'name' })[1]).toEqual(['engagement', 'email-click', 'contact-form', 'unsubscribed']);
});

test('what a publication changes is said in words', () => {
  const added = addRule(starter, 'behaviour').model;
  const after: ScoreModel = {
    ...changeRule(deleteRule(added, second.id), first.id, { ...first, points: 20, name: 'Decides' }),
    halfLifeDays: 90,
    decay: undefined,
    groups: starter.groups.map((group) => (group.id === 'fit' ? { ...group, cap: undefined } : group)),
  };
  expect(differences(starter, after, noNames).map(({ act, what }) => `${act}: ${what}`)).toEqual([
    'changed: Half-life: 90 days',
    'changed: Decay: no decay when a contact falls silent',
    'changed: Group “Fit” has no cap instead of a cap of 30',
    'changed: Rule “Decides on budgets”: +20 instead of +15, is called “Decides”',
    'added: Rule “New rule”: +5 for “…”',
    'removed: Rule “Student” (−25)',
  ]);
  expect(differences(starter, structuredClone(starter), noNames)).toEqual([]);
});

describe('problems', () => {
  const lifecycle: Definition = {
    kind: 'lifecycle',
    model: 'lead',
    stages: [
      { id: 'mql', name: 'MQL', threshold: 50, margin: 0, terminal: false },
      { id: 'sql', name: 'SQL', threshold: 90, margin: 0, terminal: false },
    ],
  };

  test('what is unfinished is said of the rule that it is in', () => {
    const unfinished = addRule(starter, 'behaviour');
    expect(problemsOfModel(unfinished.model, [])[0]).toMatchObject({
      severity: 'error',
      rule: unfinished.id,
      message: '“New rule”: fill in the event.',
    });
  });

  test('advice is about the model among what is in force, and what it does to others is said too', () => {
    const weak = { ...starter, rules: starter.rules.filter(({ id }) => id !== 'email-click'), decay: undefined };
    const said = problemsOfModel(weak, [starter, lifecycle]).map(({ message }) => message);
    expect(said.join('\n')).toContain('Nothing fades');
    expect(said.join('\n')).toContain('"SQL" starts at 90, but the rules of "Lead score" add up to 45 at most.');
    expect(problemsOfModel(starter, [starter, lifecycle]).map(({ message }) => message)).toEqual([
      '"Filled out a contact form" alone gives more than half of the 50 points that qualify a contact.',
    ]);
  });
});

test('a contact’s past is played through the draft', () => {
  const at = Date.UTC(2030, 0, 1);
  const event = (day: number, type: string, fields: EventInput['fields'] = null): EventInput => ({
    kind: 'event',
    messageId: `${day}-${type}`,
    type,
    properties: {},
    fields,
    occurredAt: at + day * 86_400_000,
    arrivedAt: at + day * 86_400_000,
    backfilled: false,
  });
  const past = [
    event(0, 'identify', { title: 'VP Sales' }),
    event(1, 'contact_form_submitted'),
    event(1, 'email_clicked'),
  ];
  const score = (model: ScoreModel, day: number): number =>
    replay(withModel([starter], model), 'lead', past, at + day * 86_400_000).explanation.score;
  expect(score(starter, 2)).toBe(50);
  expect(score(changeRule(starter, first.id, { ...first, points: 25 }), 2)).toBe(60);
  // A quarter of the behaviour points goes after 60 days of silence.
  expect(score(starter, 70)).toBe(15 + 35 * 0.75);
});

test('a downloaded model is read from its file; what is none says why', () => {
  const model = emptyModel('m', 'M');
  expect(readModelFile(JSON.stringify(model))).toEqual({ model });
  expect(readModelFile(JSON.stringify([{ kind: 'queue' }, model]))).toEqual({ model });
  expect(readModelFile('{')).toEqual({ why: 'The file is not JSON.' });
  expect(readModelFile('{"kind":"queue"}')).toEqual({ why: 'It is not a score model.' });
});
