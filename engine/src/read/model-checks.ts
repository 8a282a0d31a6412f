import type { Catalogue, Condition, ModelChecks, ScoreModel } from '@ripen/shared';
import type { ScoreSample } from './score-sample.ts';
import type { Workspace } from './workspace.ts';

type Check = ModelChecks['items'][number];

const staleAfterDays = 90;

/** Fields that a condition looks at, wherever they stand in it. */
const fieldsOf = (condition: Condition): string[] => {
  switch (condition.kind) {
    case 'field':
      return [condition.field];
    case 'all':
    case 'any':
      return condition.of.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(condition.of);
    default:
      return [];
  }
};

/** When what rules look at came last. */
export interface LastSeen {
  eventTypes: readonly Pick<Catalogue['eventTypes'][number], 'id' | 'lastSeenAt'>[];
  fields: readonly Pick<Catalogue['fields'][number], 'path' | 'lastSeenAt'>[];
}

const ruleChecks = ({ rules }: ScoreModel, { eventTypes, fields }: LastSeen, now: number): Check[] =>
  rules.flatMap((rule): Check[] => {
    const looked = rule.kind === 'profile' ? fieldsOf(rule.when) : rule.where ? fieldsOf(rule.where) : [];
    const unknown = looked.find((path) => fields.find((field) => field.path === path)?.lastSeenAt == null);
    const checks: Check[] = [];
    if (unknown !== undefined)
      checks.push({
        code: 'unknown_field',
        rule: rule.id,
        message: `"${rule.name}" looks at the field "${unknown}", which no contact has had yet.`,
      });
    if (rule.kind !== 'behaviour') return checks;
    const seen = eventTypes.find(({ id }) => id === rule.event)?.lastSeenAt ?? null;
    if (seen === null || Date.parse(seen) < now - staleAfterDays * 86_400_000)
      checks.push({
        code: 'rule_not_matched',
        rule: rule.id,
        message: `"${rule.name}" has matched nothing in ${staleAfterDays} days: no event of the type "${rule.event}" came.`,
      });
    return checks;
  });

/** Thresholds above every score that there is, in the model that drives the stages. */
const thresholdChecks = (
  { id }: ScoreModel,
  { definitions: { lifecycle } }: Workspace,
  sample: ScoreSample,
): Check[] => {
  if (lifecycle?.model !== id || sample.members.length === 0) return [];
  const place = sample.models.indexOf(id);
  const highest = sample.members.reduce((most, { scores }) => Math.max(most, scores[place] ?? -Infinity), -Infinity);
  return lifecycle.stages.flatMap((stage): Check[] =>
    stage.threshold === undefined ||
    highest >= stage.threshold ||
    sample.members.some((member) => member.stage === stage.id)
      ? []
      : [
          {
            code: 'threshold_not_reached',
            rule: null,
            message: `Nobody reaches "${stage.name}" at ${stage.threshold}: the highest score ${sample.sampled ? 'of a sample ' : ''}is ${Math.floor(highest)}.`,
          },
        ],
  );
};

/** What events and contacts say against a model in force. */
export const checksOf = (
  model: ScoreModel,
  workspace: Workspace,
  seen: { catalogue: LastSeen; sample: ScoreSample; now: number },
): ModelChecks => ({
  // In an empty workspace nothing is known yet.
  items:
    seen.sample.contacts === 0
      ? []
      : [...ruleChecks(model, seen.catalogue, seen.now), ...thresholdChecks(model, workspace, seen.sample)],
});
