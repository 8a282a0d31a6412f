import { compile, definitionsOf, definitionSchema, newSubject, scoreModelSchema } from '@ripen/shared';
import { describe, expect, test } from 'vitest';
import { checksOf, type LastSeen } from './model-checks.ts';
import { namesOf } from './names.ts';
import type { ScoreSample } from './score-sample.ts';

const now = Date.UTC(2026, 5, 1);
const daysAgo = (days: number): string => new Date(now - days * 86_400_000).toISOString();
const field = (name: string) => ({ kind: 'field', field: name, is: { op: 'is_set' } });
const model = scoreModelSchema.parse({
  kind: 'model',
  id: 'm',
  name: 'M',
  groups: [
    { id: 'g', name: 'G', kind: 'behaviour' },
    { id: 'p', name: 'P', kind: 'profile' },
  ],
  rules: [
    ...['fresh', 'stale', 'never'].map((event) => ({
      kind: 'behaviour',
      id: event,
      name: event,
      group: 'g',
      points: 1,
      event,
    })),
    { kind: 'profile', id: 'known', name: 'Known', group: 'p', points: 1, when: field('title') },
    {
      kind: 'profile',
      id: 'unknown',
      name: 'Unknown',
      group: 'p',
      points: 1,
      when: { kind: 'not', of: field('tilte') },
    },
  ],
});
const lifecycle = definitionSchema.parse({
  kind: 'lifecycle',
  model: 'm',
  stages: [
    { id: 'low', name: 'Low', threshold: 10 },
    { id: 'high', name: 'High', threshold: 90 },
  ],
});
const definitions = definitionsOf([model, lifecycle]);
const workspace = { definitions, program: compile(definitions), names: namesOf(definitions), accountModels: [] };
const type = (id: string, lastSeenAt: string | null) => ({ id, name: id, lastSeenAt, properties: [{ path: 'path' }] });
const seen: LastSeen = {
  eventTypes: [type('fresh', daysAgo(89)), type('stale', daysAgo(91)), type('never', null)],
  fields: [{ path: 'title', lastSeenAt: daysAgo(400) }],
  matches: new Map([['fresh', now]]),
  since: new Map(),
};
const sample = (...scores: number[]): ScoreSample => ({
  at: now,
  contacts: scores.length,
  sampled: false,
  models: ['m'],
  members: scores.map((score, index) => ({
    id: `${index}`,
    stage: null,
    scores: [score],
    known: newSubject(`${index}`),
  })),
});
const found = (of: ScoreSample, what = seen): string[] =>
  checksOf(model, workspace, { seen: what, sample: of, now }).items.map(({ code, rule }) => `${code} ${rule}`);

test('rules whose events did not come in 90 days, unknown fields and thresholds that nobody reaches are told', () => {
  expect(found(sample(10, 89))).toEqual([
    'rule_not_matched stale',
    'rule_not_matched never',
    'unknown_field unknown',
    'threshold_not_reached null',
  ]);
});

test('a threshold that one contact reaches is none of them', () => {
  expect(found(sample(90))).not.toContain('threshold_not_reached null');
});

test('without contacts nothing is known', () => {
  expect(found(sample())).toEqual([]);
});

describe('a rule whose event comes', () => {
  const days = 86_400_000;
  const told = (matchedAt: number | null, since: number): string[] =>
    found(sample(90), {
      ...seen,
      matches: new Map(matchedAt === null ? [] : [['fresh', matchedAt]]),
      since: new Map([['fresh', since]]),
    }).filter((line) => line.endsWith(' fresh'));

  test('and that gave nothing never fits', () =>
    expect(told(null, now - 200 * days)).toEqual(['rule_never_fits fresh']));
  test('and that gave nothing in 90 days has not matched', () =>
    expect(told(now - 91 * days, now - 200 * days)).toEqual(['rule_not_matched fresh']));
  test('and that gave points is fine', () => expect(told(now - 89 * days, now - 200 * days)).toEqual([]));
  test('and that was published after them has yet to be seen', () => expect(told(null, now - 5 * days)).toEqual([]));
});

test('nobody fits a profile rule although its field came since; of one that is held nothing is said', () => {
  const came = { ...seen, fields: [{ path: 'title', lastSeenAt: daysAgo(1) }], since: new Map([['known', 0]]) };
  expect(found(sample(90), came)).toContain('rule_never_fits known');
  expect(found(sample(90), { ...came, matches: new Map([['known', 1]]) })).not.toContain('rule_never_fits known');
});
