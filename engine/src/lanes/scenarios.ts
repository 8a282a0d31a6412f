import { setImmediate as turn } from 'node:timers/promises';
import {
  checkScenario,
  differenceNames,
  differenceSentence,
  isRed,
  nodeOfDifference,
  scenarioFailed,
  type Automation,
  type Definition,
  type Definitions,
  type Problem,
  type ScenarioResult,
} from '@ripen/shared';
import { sameJson } from './same-json.ts';

/** What a test that goes another way says: where it parts from what was saved, and in what else it differs. */
const problemOf = (graph: Automation, index: number, result: ScenarioResult, after: Definitions): Problem => {
  const names = differenceNames(graph, after);
  const node = result.differences.map(nodeOfDifference).find((found) => found !== null);
  const said = [
    ...(result.why === null ? [] : [result.why]),
    ...result.differences.map((difference) => differenceSentence(difference, names)),
  ];
  return {
    severity: 'error',
    code: scenarioFailed,
    document: { kind: 'automation', id: graph.id },
    ...(node !== undefined && { node }),
    path: `scenarios.${index}`,
    message: `The test "${result.name}" goes another way. ${said.join(' ')}`,
  };
};

/**
 * Runs the scenarios of the automations among documents as they would go if all of them were in force (`after`), those left out
 * that say what is in force already. A problem for each that goes another way; other work has its turn between two.
 */
export const scenarioProblems = async (
  documents: readonly Definition[],
  { before, after }: { before: Definitions; after: Definitions },
): Promise<Problem[]> => {
  const problems: Problem[] = [];
  for (const graph of documents) {
    if (graph.kind !== 'automation' || !graph.scenarios) continue;
    const live = before.automations.find((version) => version.live && version.graph.id === graph.id);
    if (live && sameJson(live.graph, graph)) continue;
    for (const [index, scenario] of graph.scenarios.entries()) {
      const result = checkScenario(after, graph.id, scenario);
      if (isRed(result)) problems.push(problemOf(graph, index, result, after));
      await turn();
    }
  }
  return problems;
};
