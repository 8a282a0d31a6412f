import type { Stage } from '@ripen/shared';
import { ripeColor, ripenessOf, ripenessOfStage } from '../ui/ripeness.ts';

/** The colour of the stage that a score lies in; grey below all, by its share of `ripe` where there are no stages. */
export const stageColorAt = (score: number, stages: readonly Pick<Stage, 'threshold'>[], ripe: number): string => {
  if (!stages.some(({ threshold }) => threshold !== undefined)) return ripeColor(ripenessOf(score, ripe));
  const index = stages.findLastIndex(({ threshold }) => threshold !== undefined && score >= threshold);
  return index < 0 ? 'var(--line-strong)' : ripeColor(ripenessOfStage(index, stages.length));
};
