import type { Definitions } from '../model/definitions.ts';
import type { Rule, ScoreModel } from '../model/score-model.ts';

/** Nodes that can raise a score without end. */
const raising: ReadonlySet<string> = new Set(['add_points', 'set_score']);

/** What one rule can give at most, in points. */
const mostOf = (rule: Rule): number => {
  if (rule.points <= 0) return 0;
  return rule.kind === 'profile' || rule.counts.kind === 'once' ? rule.points : Infinity;
};

/** Sum of the groups under their caps, of what these rules can give. */
const sumOfGroups = (model: ScoreModel, rules: readonly Rule[]): number => {
  const groups = new Map<string, number>();
  for (const rule of rules) groups.set(rule.group, (groups.get(rule.group) ?? 0) + mostOf(rule));
  const capOf = (id: string): number => model.groups.find((group) => group.id === id)?.cap ?? Infinity;
  let sum = 0;
  for (const [id, most] of groups) sum += Math.min(most, capOf(id));
  return sum;
};

/** The most that who a contact is can give, without anything that it did. */
export const highestOfProfile = (model: ScoreModel): number =>
  sumOfGroups(
    model,
    model.rules.filter(({ kind }) => kind === 'profile'),
  );

/** The highest score that a model's rules can give under its caps and its clamp; with automations that add to it, the clamp alone. */
export const highestScore = (model: ScoreModel, { automations }: Definitions): number => {
  const raised = automations.some(
    ({ live, graph }) =>
      live &&
      graph.nodes.some(({ type, settings }) => raising.has(type) && 'model' in settings && settings.model === model.id),
  );
  if (raised) return model.clamp.max;
  return Math.min(model.clamp.max, sumOfGroups(model, model.rules));
};
