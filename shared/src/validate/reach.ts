import type { Definitions } from '../model/definitions.ts';
import type { Rule, ScoreModel } from '../model/score-model.ts';

/** Nodes that can raise a score without end. */
const raising: ReadonlySet<string> = new Set(['add_points', 'set_score']);

/** What one rule can give at most, in points. */
const mostOf = (rule: Rule): number => {
  if (rule.points <= 0) return 0;
  return rule.kind === 'profile' || rule.counts.kind === 'once' ? rule.points : Infinity;
};

/** The highest score that a model's rules can give under its caps and its clamp; with automations that add to it, the clamp alone. */
export const highestScore = (model: ScoreModel, { automations }: Definitions): number => {
  const raised = automations.some(
    ({ live, graph }) =>
      live &&
      graph.nodes.some(({ type, settings }) => raising.has(type) && 'model' in settings && settings.model === model.id),
  );
  if (raised) return model.clamp.max;
  const groups = new Map<string, number>();
  for (const rule of model.rules) groups.set(rule.group, (groups.get(rule.group) ?? 0) + mostOf(rule));
  const capOf = (id: string): number => model.groups.find((group) => group.id === id)?.cap ?? Infinity;
  let sum = 0;
  for (const [id, most] of groups) sum += Math.min(most, capOf(id));
  return Math.min(model.clamp.max, sum);
};
