import type { ScoreModel } from '../../model/score-model.ts';
import type { Stage } from '../../model/lifecycle.ts';
import { daysMs } from '../../model/time.ts';
import { referenceScore } from './books.ts';
import { holds } from './conditions.ts';
import type { World } from './world.ts';

const upLevel = (stage: Stage): number => stage.threshold ?? Infinity;
const downLevel = (stage: Stage): number =>
  stage.threshold === undefined ? -Infinity : stage.threshold - stage.margin;

export const drivingModel = (world: World): ScoreModel | undefined =>
  world.models.find((model) => model.id === world.definitions.lifecycle?.model);

/** Scores at which a stage may be reached or lost. */
export const levelsOf = (world: World): number[] =>
  (world.definitions.lifecycle?.stages ?? []).flatMap((stage) =>
    stage.threshold === undefined ? [] : [stage.threshold, stage.threshold - stage.margin],
  );

/** When the minimum stay in the present stage is over, if it has one. */
export const stayEnds = (world: World): number | null => {
  const stage = world.definitions.lifecycle?.stages.find((one) => one.id === world.stage);
  if (!stage || stage.minimumStayDays === undefined || world.stageSince === null) return null;
  return world.stageSince + daysMs(stage.minimumStayDays);
};

/** How the score compares with the stages at one moment; null outside the model's audience, where it says nothing. */
export interface Standing {
  reached: boolean[];
  below: boolean[];
}

export const standingOf = (world: World, t: number): Standing | null => {
  const model = drivingModel(world);
  const sight = { fields: world.fields, properties: {} };
  if (!model || !holds(model.audience, sight)) return null;
  const score = referenceScore(model, world.ledger, t);
  const stages = world.definitions.lifecycle?.stages ?? [];
  return {
    reached: stages.map((stage) => score >= upLevel(stage) && holds(stage.when, sight)),
    below: stages.map((stage) => score < downLevel(stage)),
  };
};

const move = (world: World, to: string | null, passed: string[], messageId: string | null): void => {
  world.moves.push({
    seq: world.moves.length,
    at: world.clock,
    from: world.stage,
    to,
    passed,
    cause: 'score',
    messageId,
  });
  world.stage = to;
  world.stageSince = to === null ? null : world.clock;
  world.stayHolds = false;
};

/** The stage move, at the world's clock, that a change from one standing to another leads to. */
export const moveStages = (world: World, before: Standing | null, messageId: string | null): void => {
  const stages = world.definitions.lifecycle?.stages ?? [];
  const after = standingOf(world, world.clock);
  const present = stages.findIndex((stage) => stage.id === world.stage);
  // Outside the audience the score says nothing, so nothing is waiting to fall either.
  if (!after) world.stayHolds = false;
  if (!after || stages[present]?.terminal) return;
  const reached = stages.map((_, index) => after.reached[index] === true && before?.reached[index] !== true);
  const lost = stages.map((_, index) => after.below[index] === true && before?.below[index] !== true);

  const highest = reached.lastIndexOf(true);
  if (highest > present) {
    const passed = stages.filter((_, index) => index > present && reached[index]).map((stage) => stage.id);
    move(world, stages[highest]?.id ?? null, passed, messageId);
    return;
  }

  if (!after.below[present]) world.stayHolds = false;
  const ends = stayEnds(world) ?? -Infinity;
  const falls = lost.some((one, index) => one && index <= present) || (world.stayHolds && world.clock >= ends);
  const kept = stages.findLastIndex(
    (stage, index) => index <= present && stage.threshold !== undefined && !after.below[index],
  );
  if (!falls || kept >= present) return;
  if (world.clock < ends) {
    world.stayHolds = true;
    return;
  }
  const passed = stages
    .filter((_, index) => index > kept && index <= present && after.below[index])
    .map((stage) => stage.id);
  move(world, stages[kept]?.id ?? null, passed.reverse(), messageId);
};
