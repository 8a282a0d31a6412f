import {
  automationSchema,
  checkScenario,
  definitionsOf,
  withDraft,
  type Automation,
  type Definition,
  type ScenarioResult,
} from '@ripen/shared';

/** Runs the scenarios that are kept with an automation, among everything that is in force. */
export const runScenarios = (documents: readonly Definition[], document: Automation): ScenarioResult[] => {
  const { scenarios = [], ...drawn } = document;
  if (scenarios.length === 0) return [];
  const read = automationSchema.safeParse(drawn);
  if (!read.success)
    return scenarios.map(({ id, name }) => ({
      ...{ id, name, differences: [] },
      why: 'Some settings are not filled in yet.',
    }));
  const definitions = withDraft(definitionsOf(documents), read.data);
  return scenarios.map((scenario) => checkScenario(definitions, document.id, scenario));
};
