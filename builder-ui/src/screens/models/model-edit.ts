import type { ScoreModel } from '@ripen/shared';
import type { ModelProblem } from './problems.ts';

/** What every part of the sheet takes. */
export interface ModelEdit {
  model: ScoreModel;
  problems: readonly ModelProblem[];
  onChange: (model: ScoreModel) => void;
  readOnly: boolean;
}
