import { expect, test } from 'vitest';
import { combinationsOf, segmentOfCombination } from './combinations.ts';
import { scoreModelSchema, type ScoreModel } from './score-model.ts';
import { segmentSchema } from './segment.ts';

const rule = (id: string, points: number, more: object = {}): object => ({
  ...{ kind: 'behaviour', id, name: id, group: 'acts', event: id, points },
  ...more,
});
const model = (rules: object[], more: object = {}): ScoreModel =>
  scoreModelSchema.parse({
    ...{ kind: 'model', id: 'interest', name: 'Interest', rules },
    groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
    ...more,
  });
const three = [rule('opened', 1), rule('clicked', 2), rule('asked', 4)];
const told = (of: ScoreModel): unknown => {
  const found = combinationsOf(of);
  return found && 'combinations' in found
    ? found.combinations.map(({ score, rules }) => [score, rules.map(({ id }) => id).join(' ')])
    : (found?.why ?? null);
};

test('there is only one combination of behaviours that results in a score of 3, 6, or 7', () => {
  expect(told(model(three))).toEqual([
    [7, 'asked clicked opened'],
    [6, 'asked clicked'],
    [5, 'asked opened'],
    [4, 'asked'],
    [3, 'clicked opened'],
    [2, 'clicked'],
    [1, 'opened'],
  ]);
});

test.each<[string, object[]]>([
  ['one rule alone', [rule('a', 1)]],
  ['the same power twice', [rule('a', 2), rule('b', 2)]],
  ['another number', [rule('a', 1), rule('b', 3)]],
  ['a half', [rule('a', 0.5), rule('b', 1)]],
  ['less than nothing', [rule('a', -2), rule('b', 1)]],
])('%s tells nothing', (_name, rules) => {
  expect(told(model(rules))).toBeNull();
});

test.each<[string, ScoreModel, RegExp]>([
  ['counts more than once', model([rule('a', 1, { counts: { kind: 'every_time' } }), rule('b', 2)]), /“a” counts more/],
  ['half-life', model(three, { halfLifeDays: 30 }), /fade/],
  ['decay', model(three, { decay: { by: { kind: 'points', points: 1 } } }), /fade/],
  ['a cap', model(three, { groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour', cap: 6 }] }), /cap of “Acts”/],
  ['the end of scores', model(three, { clamp: { min: 0, max: 6 } }), /end at 6/],
  [
    'too many rules',
    model(
      Array.from({ length: 9 }, (_, n) => rule(`r${n}`, 2 ** n)),
      { clamp: { min: 0, max: 999 } },
    ),
    /more than 8/,
  ],
])('%s keeps a score from telling', (_name, of, why) => {
  expect(told(of)).toMatch(why);
});

test('a half-life that touches none of the rules does no harm', () => {
  expect(
    told(
      model(
        three.map((each) => ({ ...each, decays: false })),
        { halfLifeDays: 30 },
      ),
    ),
  ).toHaveLength(7);
});

test('each has a segment that is a document as people write them, within the audience', () => {
  const audience = { kind: 'field', field: 'country', is: { op: 'is_set' } };
  const found = combinationsOf(model([rule('x'.repeat(60), 1, { name: 'x'.repeat(190) }), rule('b', 2)], { audience }));
  const [both] = found && 'combinations' in found ? found.combinations : [];
  const segment = segmentOfCombination(model(three, { audience }), both ?? { score: 0, rules: [] });
  expect(segmentSchema.parse(segment)).toMatchObject({
    id: 'interest-3',
    name: expect.stringMatching(/^Interest 3: b \+ x+…$/) as string,
    when: { kind: 'all', of: [audience, { kind: 'score', model: 'interest', atLeast: 3, below: 4 }] },
  });
});
