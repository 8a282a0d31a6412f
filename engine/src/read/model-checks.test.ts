import { compile, definitionsOf, definitionSchema, scoreModelSchema } from '@ripen/shared';
import { expect, test } from 'vitest';
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
const workspace = { definitions, program: compile(definitions), names: namesOf(definitions) };
const type = (id: string, lastSeenAt: string | null) => ({ id, lastSeenAt });
const catalogue: LastSeen = {
  eventTypes: [type('fresh', daysAgo(89)), type('stale', daysAgo(91)), type('never', null)],
  fields: [{ path: 'title', lastSeenAt: daysAgo(400) }],
};
const sample = (...scores: number[]): ScoreSample => ({
  at: now,
  contacts: scores.length,
  sampled: false,
  models: ['m'],
  members: scores.map((score, index) => ({ id: `${index}`, stage: null, scores: [score] })),
});
const found = (of: ScoreSample): string[] =>
  checksOf(model, workspace, { catalogue, sample: of, now }).items.map(({ code, rule }) => `${code} ${rule}`);

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
