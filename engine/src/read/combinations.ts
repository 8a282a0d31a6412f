import { combinationsOf, segmentOfCombination, type Combinations, type ScoreModel } from '@ripen/shared';
import { sameJson } from '../lanes/same-json.ts';
import { sampling, scaleOf } from './distribution.ts';
import type { ScoreSample } from './score-sample.ts';
import type { Workspace } from './workspace.ts';

/** Which combinations of rules the scores of a model tell, how many contacts are in each, and the segments for them. */
export const readCombinations = (
  model: ScoreModel,
  { definitions }: Pick<Workspace, 'definitions'>,
  sample: ScoreSample,
): Combinations => {
  const told = combinationsOf(model);
  const about = { model: model.id, ...sampling(sample) };
  if (told === null) return { ...about, why: 'The points of its rules are not different powers of two.', items: [] };
  if ('why' in told) return { ...about, why: told.why, items: [] };
  const place = sample.models.indexOf(model.id);
  const counts = new Map<number, number>();
  for (const { scores } of sample.members) {
    const score = scores[place] ?? null;
    if (score !== null) counts.set(Math.floor(score), (counts.get(Math.floor(score)) ?? 0) + 1);
  }
  const all = scaleOf(sample);
  return {
    ...about,
    why: null,
    items: told.combinations.map((combination) => {
      const document = segmentOfCombination(model, combination);
      const there = definitions.segments.find(({ when }) => sameJson(when, document.when));
      return {
        score: combination.score,
        rules: combination.rules.map(({ id, name }) => ({ id, name })),
        count: all(counts.get(combination.score) ?? 0),
        segment: there?.id ?? null,
        document: { ...document },
      };
    }),
  };
};
