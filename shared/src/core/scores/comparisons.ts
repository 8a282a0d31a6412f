import type { CompiledModel, CompiledStage } from '../program.ts';
import { noScores, type Work } from '../work.ts';

/** Which stages the score reaches, and which it has fallen below: one bit per stage. */
export interface StageBits {
  up: number;
  down: number;
}

const noBits: StageBits = { up: 0, down: 0 };

/** Compares the score with every stage, as of the work's clock or of another moment before it. */
export const compareStages = (work: Work, at: number): StageBits => {
  const { lifecycle } = work.program;
  const model = lifecycle?.scored;
  if (!lifecycle || !model || !work.inAudience(model)) return noBits;
  const score = work.scoreOf(model, at);
  let up = 0;
  let down = 0;
  for (let index = 0; index < lifecycle.stages.length; index++) {
    const stage = lifecycle.stages[index] as CompiledStage; // within bounds
    if (score >= stage.up && (stage.when === null || stage.when.holds(work))) up |= 1 << index;
    if (score < stage.down) down |= 1 << index;
  }
  return { up, down };
};

/**
 * Remembers how comparisons stand before a change, once per settlement. At a due moment that is the millisecond before:
 * time alone may be what changes.
 */
export const openComparisons = (work: Work, at = work.at): void => {
  if (work.stageBits) return;
  work.stageBits = work.settledBits ?? compareStages(work, at);
  const { watchedModels } = work.program;
  if (watchedModels.length === 0) return;
  if (work.lastScores === noScores) work.lastScores = [];
  for (const model of watchedModels) work.lastScores.push({ model, score: watchedScore(work, model, at) });
};

/** As `openComparisons`, before one model's score changes: where neither stages nor triggers look at it, all stand as they are. */
export const openComparisonsOf = (work: Work, model: CompiledModel): void => {
  if (model.compared) openComparisons(work);
};

/** A score as triggers see it: nothing crosses outside the audience. */
export const watchedScore = (work: Work, model: CompiledModel, at: number): number =>
  work.inAudience(model) ? work.scoreOf(model, at) : NaN;
