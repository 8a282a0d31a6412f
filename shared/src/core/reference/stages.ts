import type { ScoreModel } from '../../model/score-model.ts';
import type { Stage } from '../../model/lifecycle.ts';
import { daysMs } from '../../model/time.ts';
import { referenceScore } from './books.ts';
import { holds } from './conditions.ts';
import type { World } from './world.ts';

const upLevel = (stage: Stage): number => stage.threshold ?? Infinity;
const downLevel = (stage: Stage): number => (stage.threshold === undefined ? -Infinity : stage.threshold - stage.margin);

export const drivingModel = (world: World): ScoreModel | undefined =>
  world.models.find((model) => model.id === world.definitions.lifecycle?.model);

/** Scores at which a stage may be reached or lost. */
export const levelsOf = (world: World): number[] =>
  (world.definitions.lifecycle?.stages ?? []).flatMap((stage) =>
    stage.threshold === undefined ? [] : [stage.threshold, stage.threshold - stage.margin],
  );

export const drivingScore = (world: World, t: number): number => {
  const model = drivingModel(world);
  return model ? referenceScore(model, world.ledger, t) : 0;
};

/** When the minimum stay in the present stage is over, if it has one. */
export const stayEnds = (world: World): number | null => {
  const stage = world.definitions.lifecycle?.stages.find((one) => one.id === world.stage);
  if (!stage || stage.minimumStayDays === undefined || world.stageSince === null) return null;
  return world.stageSince + daysMs(stage.minimumStayDays);
};

const move = (world: World, to: string | null, passed: string[], messageId: string | null): void => {
  world.moves.push({ seq: world.moves.length, at: world.clock, from: world.stage, to, passed, cause: 'score', messageId });
  world.stage = to;
  world.stageSince = world.clock;
};

/** Stage moves that the score's way from `before` to `after`, at the world's clock, leads to. */
export const moveStages = (world: World, before: number, after: number, messageId: string | null): void => {
  const stages = world.definitions.lifecycle?.stages ?? [];
  const present = stages.findIndex((stage) => stage.id === world.stage);
  if (stages[present]?.terminal) return;

  const sight = { fields: world.fields, properties: {} };
  const reached = stages.findLastIndex(
    (stage) => before < upLevel(stage) && after >= upLevel(stage) && holds(stage.when, sight),
  );
  if (reached > present) {
    const passed = stages
      .filter((stage, index) => index > present && index <= reached && before < upLevel(stage) && after >= upLevel(stage))
      .map((stage) => stage.id);
    move(world, stages[reached]?.id ?? null, passed, messageId);
    return;
  }

  const ends = stayEnds(world);
  if (ends !== null && world.clock < ends) return;
  const fell = stages.some((stage) => before >= downLevel(stage) && after < downLevel(stage));
  const presentStage = stages[present];
  const stayedTooLow = ends === world.clock && presentStage !== undefined && after < downLevel(presentStage);
  if (!fell && !stayedTooLow) return;
  const kept = stages.findLastIndex((stage) => stage.threshold !== undefined && after >= downLevel(stage));
  if (kept >= present) return;
  const passed = stages
    .filter((stage, index) => index > kept && index <= present && stage.threshold !== undefined)
    .map((stage) => stage.id)
    .reverse();
  move(world, stages[kept]?.id ?? null, passed, messageId);
};
