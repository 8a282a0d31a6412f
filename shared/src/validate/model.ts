import type { Lifecycle, Stage } from '../model/lifecycle.ts';
import { automationsGroupId, type Rule, type ScoreModel } from '../model/score-model.ts';
import { checkCondition } from './conditions.ts';
import { duplicates } from './duplicates.ts';
import { warnAboutOverlap } from './overlap.ts';
import { highestOfProfile } from './reach.ts';
import { checkBands } from './bands.ts';
import type { Place } from './place.ts';

export const checkModel = (place: Place, model: ScoreModel, lifecycle: Lifecycle | null): void => {
  for (const id of duplicates(model.groups.map((group) => group.id)))
    place.error('duplicate_id', 'groups', `Two groups are called "${id}".`);
  for (const id of duplicates(model.rules.map((rule) => rule.id)))
    place.error('duplicate_id', 'rules', `Two rules are called "${id}".`);
  if (model.clamp.min >= model.clamp.max)
    place.error('clamp_order', 'clamp', `Scores cannot start at ${model.clamp.min} and end at ${model.clamp.max}.`);
  if (model.audience) checkCondition(place, model.audience, 'profile', 'audience');
  const reserved = model.groups.findIndex((group) => group.id === automationsGroupId && group.kind === 'profile');
  if (reserved >= 0)
    place.error(
      'wrong_group_kind',
      `groups.${reserved}`,
      `The group "${automationsGroupId}" is where automations score: it is of kind behaviour.`,
    );
  model.rules.forEach((rule, index) => checkRule(place, model, rule, `rules.${index}`));
  checkBands(place, model);
  warnAboutOverlap(place, model.rules, 'contacts');
  if (lifecycle?.model === model.id) warnAboutBalance(place, model, lifecycle);
};

const checkRule = (place: Place, model: ScoreModel, rule: Rule, path: string): void => {
  const group = model.groups.find((candidate) => candidate.id === rule.group);
  if (!group && !(rule.group === automationsGroupId && rule.kind === 'behaviour')) {
    place.error(
      'unknown_group',
      `${path}.group`,
      `The rule "${rule.name}" names the group "${rule.group}", which the model does not have.`,
    );
  } else if (group && group.kind !== rule.kind) {
    place.error(
      'wrong_group_kind',
      `${path}.group`,
      `The rule "${rule.name}" is of kind ${rule.kind}, its group "${group.name}" of kind ${group.kind}.`,
    );
  }
  if (rule.kind === 'profile') checkCondition(place, rule.when, 'profile', `${path}.when`);
  else if (rule.where) checkCondition(place, rule.where, 'event', `${path}.where`);
};

/** Advice of the field: no single rule above half of the second-highest threshold; something must fade and subtract. */
const warnAboutBalance = (place: Place, model: ScoreModel, lifecycle: Lifecycle): void => {
  if (model.rules.length === 0) return;
  const thresholds = lifecycle.stages.flatMap((stage) =>
    stage.threshold === undefined || stage.terminal ? [] : [stage.threshold],
  );
  const qualifying =
    lifecycle.stages.find((stage) => stage.id === 'mql')?.threshold ?? thresholds.at(-2) ?? thresholds.at(-1);
  model.rules.forEach((rule, index) => {
    if (qualifying !== undefined && rule.points > qualifying / 2) {
      place.warning(
        'rule_above_half',
        `rules.${index}.points`,
        `"${rule.name}" alone gives more than half of the ${qualifying} points that qualify a contact.`,
      );
    }
  });
  const profile = highestOfProfile(model);
  if (qualifying !== undefined && profile >= qualifying)
    place.warning(
      'qualified_by_profile',
      'groups',
      `Who somebody is can give ${profile} points, and ${qualifying} qualify: contacts who never did anything go to sales. Cap the profile groups.`,
    );
  if (!model.rules.some((rule) => rule.points < 0))
    place.warning('no_negative_rules', 'rules', 'No rule takes points away: a bad fit looks like a good one.');
  if (!model.decay && !model.halfLifeDays && !model.windowDays && !model.reset) {
    place.warning('no_decay', 'decay', 'Nothing fades: a contact who was keen two years ago still looks hot.');
  }
};

export const checkLifecycle = (place: Place, lifecycle: Lifecycle): void => {
  const model = place.model(lifecycle.model, 'model');
  for (const id of duplicates(lifecycle.stages.map((stage) => stage.id)))
    place.error('duplicate_id', 'stages', `Two stages are called "${id}".`);
  let below: Stage | undefined;
  let highest = -Infinity;
  let highestDown = -Infinity;
  lifecycle.stages.forEach((stage, index) => {
    const path = `stages.${index}`;
    if (stage.when) checkCondition(place, stage.when, 'profile', `${path}.when`);
    if (stage.threshold === undefined) return;
    if (stage.threshold <= highest || stage.threshold - stage.margin <= highestDown) {
      place.error('stages_out_of_order', `${path}.threshold`, contradiction(stage, below));
    }
    below = stage;
    highest = stage.threshold;
    highestDown = stage.threshold - stage.margin;
    if (model && stage.threshold > model.clamp.max) {
      place.error(
        'stage_unreachable',
        `${path}.threshold`,
        `"${stage.name}" starts at ${stage.threshold}, but scores of "${model.name}" end at ${model.clamp.max}.`,
      );
    } else if (model && stage.threshold > place.highestScore(model)) {
      place.warning(
        'stage_unreachable',
        `${path}.threshold`,
        `"${stage.name}" starts at ${stage.threshold}, but the rules of "${model.name}" add up to ${place.highestScore(model)} at most.`,
      );
    }
  });
};

const contradiction = (stage: Stage, below: Stage | undefined): string => {
  const from = ({ threshold = 0, margin }: Stage): string =>
    margin > 0 ? `${threshold} (${threshold - margin} with its margin)` : `${threshold}`;
  const other = below ? `, but "${below.name}" before it at ${from(below)}` : '';
  return `"${stage.name}" starts at ${from(stage)}${other}: it must lie above the stage before it, its margin included.`;
};
