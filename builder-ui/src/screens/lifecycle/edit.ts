import type { Lifecycle, Stage } from '@ripen/shared';

/** Edits of a lifecycle: each takes one and gives another. */

export const changeStage = (lifecycle: Lifecycle, id: string, change: Partial<Stage>): Lifecycle => ({
  ...lifecycle,
  stages: lifecycle.stages.map((stage) => (stage.id === id ? { ...stage, ...change } : stage)),
});

const thresholdOf = ({ threshold }: Stage): number[] => (threshold === undefined ? [] : [threshold]);

/** Between which values a stage's threshold can move: above the stage before it, below the one after. */
export const roomOf = (
  stages: readonly Stage[],
  id: string,
  range: { min: number; max: number },
): { min: number; max: number } => {
  const index = stages.findIndex((stage) => stage.id === id);
  const before = stages.slice(0, index).flatMap(thresholdOf).at(-1);
  const after = stages.slice(index + 1).flatMap(thresholdOf)[0];
  return {
    min: before === undefined ? range.min : before + 1,
    max: after === undefined ? range.max : after - 1,
  };
};

/** Moves a threshold as far as its neighbours let it, in whole points. */
export const moveThreshold = (
  lifecycle: Lifecycle,
  id: string,
  to: number,
  range: { min: number; max: number },
): Lifecycle => {
  const { min, max } = roomOf(lifecycle.stages, id, range);
  // No room at all: it stays where it is.
  if (min > max) return lifecycle;
  return changeStage(lifecycle, id, { threshold: Math.min(max, Math.max(min, Math.round(to))) });
};

/** A stage after the last one that scores reach, halfway to the end of the scale. */
export const addStage = (lifecycle: Lifecycle, range: { max: number }): { lifecycle: Lifecycle; id: string } => {
  const { stages } = lifecycle;
  let id = '';
  do id = `stage-${crypto.randomUUID().slice(0, 6)}`;
  while (stages.some((stage) => stage.id === id));
  const last = stages.flatMap(thresholdOf).at(-1) ?? 0;
  const room = Math.floor((range.max - last) / 2);
  const stage: Stage = {
    id,
    name: 'New stage',
    margin: 0,
    terminal: false,
    ...(room > 0 && { threshold: last + room }),
  };
  const at = stages.findLastIndex((other) => other.threshold !== undefined) + 1;
  return { id, lifecycle: { ...lifecycle, stages: [...stages.slice(0, at), stage, ...stages.slice(at)] } };
};

export const removeStage = (lifecycle: Lifecycle, id: string): Lifecycle => ({
  ...lifecycle,
  stages: lifecycle.stages.filter((stage) => stage.id !== id),
});

/** What a lifecycle can be worked out from: free offers, what one of them is worth, and how far apart the last stages lie. */
export interface Offers {
  offers: number;
  pointsEach: number;
  step: number;
}

/**
 * Thresholds from the free offers: the first stage is taking one, the second taking all of them, and each stage after it lies
 * a step above. Stages without a threshold stay as they are.
 */
export const thresholdsFromOffers = (lifecycle: Lifecycle, { offers, pointsEach, step }: Offers): Lifecycle => {
  let index = 0;
  return {
    ...lifecycle,
    stages: lifecycle.stages.map((stage) => {
      if (stage.threshold === undefined) return stage;
      const threshold = index === 0 ? pointsEach : offers * pointsEach + (index - 1) * step;
      index++;
      return { ...stage, threshold };
    }),
  };
};

/** One place earlier (-1) or later (1). */
export const shiftStage = (lifecycle: Lifecycle, id: string, by: -1 | 1): Lifecycle => {
  const from = lifecycle.stages.findIndex((stage) => stage.id === id);
  const to = from + by;
  const stage = lifecycle.stages[from];
  if (!stage || to < 0 || to >= lifecycle.stages.length) return lifecycle;
  const others = lifecycle.stages.filter((other) => other.id !== id);
  return { ...lifecycle, stages: [...others.slice(0, to), stage, ...others.slice(to)] };
};
