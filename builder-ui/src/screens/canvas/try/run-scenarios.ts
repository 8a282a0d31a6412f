import { differencesOf, outcomeOf, type Automation, type Definition, type OutcomeDifference } from '@ripen/shared';
import { liveThrough } from './trial.ts';

export interface ScenarioResult {
  id: string;
  name: string;
  differences: OutcomeDifference[];
  /** Why it could not be run at all. */
  why: string | null;
}

/** Runs the scenarios that are kept with an automation, among everything that is in force. */
export const runScenarios = (documents: readonly Definition[], document: Automation): ScenarioResult[] =>
  (document.scenarios ?? []).map((scenario) => {
    const { id, name } = scenario;
    const trial = liveThrough(documents, document, scenario, null);
    if (trial.kind === 'impossible') return { id, name, differences: [], why: trial.why };
    const models = trial.definitions.models.map((model) => model.id);
    const got = outcomeOf(trial.session, document.id, models, trial.until);
    return { id, name, differences: differencesOf(scenario.expects, got), why: null };
  });

export const isRed = ({ differences, why }: ScenarioResult): boolean => why !== null || differences.length > 0;
