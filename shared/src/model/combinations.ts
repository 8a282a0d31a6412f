import type { Condition } from './condition.ts';
import type { Rule, ScoreModel } from './score-model.ts';
import type { Segment } from './segment.ts';

/** More rules than this make more segments than anybody looks at. */
const mostRules = 8;

/** One way in which the rules of a model can hold, told by the score alone. */
export interface Combination {
  score: number;
  /** Those that hold; the others do not. */
  rules: Rule[];
}

const isPowerOfTwo = (points: number): boolean =>
  Number.isInteger(points) && points >= 1 && Number.isInteger(Math.log2(points));

/** Whether every rule has another power of two: then no two combinations of them add up to the same. */
const hasPowersOfTwo = ({ rules }: ScoreModel): boolean =>
  rules.length >= 2 &&
  rules.every(({ points }) => isPowerOfTwo(points)) &&
  new Set(rules.map(({ points }) => points)).size === rules.length;

/** What keeps the scores of such a model from telling which rules hold, as a sentence; null: nothing does. */
const spoiler = (model: ScoreModel): string | null => {
  const { rules, groups, clamp } = model;
  if (rules.length > mostRules) return `There are more than ${mostRules} rules, and too many combinations of them.`;
  const repeated = rules.find((rule) => rule.kind === 'behaviour' && rule.counts.kind !== 'once');
  if (repeated) return `“${repeated.name}” counts more than once: let each rule count once.`;
  const fades = model.halfLifeDays !== undefined && rules.some((rule) => rule.kind === 'behaviour' && rule.decays);
  if (fades || model.decay) return 'Points fade, so a score can lie between two combinations.';
  const sum = (of: readonly Rule[]): number => of.reduce((total, { points }) => total + points, 0);
  const capped = groups.find(
    ({ id, cap }) => cap !== undefined && cap < sum(rules.filter(({ group }) => group === id)),
  );
  if (capped) return `The cap of “${capped.name}” cuts combinations off.`;
  if (clamp.min > 0 || clamp.max < sum(rules))
    return `Scores end at ${clamp.max}, and all rules together give ${sum(rules)}.`;
  return null;
};

/**
 * What the scores of a model tell of its rules: null where they tell nothing, because points are no different powers of two;
 * else every combination, all of them first, or why it cannot be told. Points that people or automations add are not foreseen.
 */
export const combinationsOf = (model: ScoreModel): { combinations: Combination[] } | { why: string } | null => {
  if (!hasPowersOfTwo(model)) return null;
  const why = spoiler(model);
  if (why !== null) return { why };
  const rules = [...model.rules].sort((a, b) => b.points - a.points);
  const combinations = Array.from({ length: 2 ** rules.length - 1 }, (_, index) => {
    const bits = 2 ** rules.length - 1 - index;
    const held = rules.filter((_rule, place) => Math.floor(bits / 2 ** (rules.length - 1 - place)) % 2 === 1);
    return { score: held.reduce((sum, { points }) => sum + points, 0), rules: held };
  });
  return { combinations };
};

const longestName = 200;

/** The segment of the contacts for whom exactly these rules hold. */
export const segmentOfCombination = (model: ScoreModel, { score, rules }: Combination): Segment => {
  const exactly: Condition = { kind: 'score', model: model.id, atLeast: score, below: score + 1 };
  const names = rules.map(({ name }) => name).join(' + ');
  const name = `${model.name} ${score}: ${names}`;
  return {
    kind: 'segment',
    id: `${model.id.slice(0, 64 - String(score).length - 1)}-${score}`,
    name: name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`,
    description: `Exactly this of the score model ${model.name}, and nothing else of it.`,
    when: model.audience ? { kind: 'all', of: [model.audience, exactly] } : exactly,
  };
};
