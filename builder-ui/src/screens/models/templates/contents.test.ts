import { expect, test } from 'vitest';
import { describeRule } from '../words.ts';
import { contentsOf, sizeWords } from './contents.ts';

const model = {
  kind: 'model',
  id: 'm',
  name: 'M',
  groups: [{ id: 'g', name: 'G', kind: 'behaviour' }],
  rules: [{ kind: 'behaviour', id: 'r', name: 'R', group: 'g', points: 5, event: 'quiz_answered' }],
};
const documents = [model, { kind: 'event_type', id: 'quiz_answered', name: 'Answered the quiz' }];

test("a template's sentences say its own names, before anything of it is in force", () => {
  const { models, names } = contentsOf({ documents });
  const [rule] = models[0]?.rules ?? [];
  expect(rule && describeRule(rule, names)).toBe('“Answered the quiz”');
});

test('its size in a line', () => {
  expect(sizeWords(contentsOf({ documents }))).toBe('1 rule, 0 stages, 0 automations');
  expect(sizeWords(contentsOf({ documents: [...documents, { ...model, id: 'n' }] }))).toContain('2 score models');
});
