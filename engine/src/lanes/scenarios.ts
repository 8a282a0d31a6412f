import { setImmediate as turn } from 'node:timers/promises';
import {
  checkScenario,
  differenceNames,
  differenceSentence,
  isRed,
  nodeOfDifference,
  readUses,
  scenarioFailed,
  type Automation,
  type Definition,
  type Definitions,
  type Problem,
  type ScenarioResult,
} from '@ripen/shared';
import { sameJson } from './same-json.ts';

/** Tests of other automations that are run for one publication. */
const mostOfOthers = 1_000;

/** What a test that goes another way says: where it parts from what was saved, and in what else it differs. */
const problemOf = (
  graph: Automation,
  { index, of }: { index: number; of: 'its own' | 'another' },
  result: ScenarioResult,
  after: Definitions,
): Problem => {
  const names = differenceNames(graph, after);
  const node = result.differences.map(nodeOfDifference).find((found) => found !== null);
  const said = [
    ...(result.why === null ? [] : [result.why]),
    ...result.differences.map((difference) => differenceSentence(difference, names)),
  ];
  const whose = of === 'another' ? ` of the automation "${graph.name}"` : '';
  return {
    severity: 'error',
    code: scenarioFailed,
    document: { kind: 'automation', id: graph.id },
    ...(node !== undefined && { node }),
    path: `scenarios.${index}`,
    message: `The test "${result.name}"${whose} goes another way. ${said.join(' ')}`,
  };
};

/**
 * Runs the scenarios that documents could make go another way, as they would go if all of them were in force (`after`): those
 * of automations among them, and those of live automations that use a model, the lifecycle or a segment among them. What says
 * what is in force already is left out, and so are tests of others that go another way already. A problem for each that goes
 * another way, and one where there are too many to run; other work has its turn between two.
 */
export const scenarioProblems = async (
  documents: readonly Definition[],
  { before, after }: { before: Definitions; after: Definitions },
): Promise<Problem[]> => {
  const problems: Problem[] = [];
  const changed = changedAmong(documents, before);
  for (const graph of changed) {
    if (graph.kind !== 'automation') continue;
    for (const [index, scenario] of (graph.scenarios ?? []).entries()) {
      const result = checkScenario(after, graph.id, scenario);
      if (isRed(result)) problems.push(problemOf(graph, { index, of: 'its own' }, result, after));
      await turn();
    }
  }
  let run = 0;
  for (const graph of automationsThatUse(changed, { before, after })) {
    for (const [index, scenario] of (graph.scenarios ?? []).entries()) {
      if (run++ === mostOfOthers) return [...problems, tooMany(graph)];
      const result = checkScenario(after, graph.id, scenario);
      if (isRed(result) && !isRed(checkScenario(before, graph.id, scenario)))
        problems.push(problemOf(graph, { index, of: 'another' }, result, after));
      await turn();
    }
  }
  return problems;
};

const tooMany = (graph: Automation): Problem => ({
  severity: 'error',
  code: scenarioFailed,
  document: { kind: 'automation', id: graph.id },
  message: `More than ${mostOfOthers} tests of automations depend on this. The first ${mostOfOthers} were run; those from "${graph.name}" on were not.`,
});

/** Documents that say something else than what is in force. */
const changedAmong = (documents: readonly Definition[], before: Definitions): Definition[] =>
  documents.filter((document) => {
    const live = inForce(before, document);
    return live === undefined || !sameJson(live, document);
  });

const inForce = (before: Definitions, document: Definition): Definition | undefined => {
  switch (document.kind) {
    case 'automation':
      return before.automations.find(({ live, graph }) => live && graph.id === document.id)?.graph;
    case 'model':
      return before.models.find(({ id }) => id === document.id);
    case 'segment':
      return before.segments.find(({ id }) => id === document.id);
    case 'lifecycle':
      return before.lifecycle ?? undefined;
    default:
      return undefined;
  }
};

/** Live automations that use what changed, directly or by a segment, a stage or a model that does; in the order of their ids. */
const automationsThatUse = (
  changed: readonly Definition[],
  { before, after }: { before: Definitions; after: Definitions },
): Automation[] => {
  const left = changed.flatMap((document) =>
    document.kind === 'model' || document.kind === 'lifecycle' || document.kind === 'segment'
      ? [{ kind: document.kind, id: document.kind === 'lifecycle' ? document.kind : document.id }]
      : [],
  );
  if (left.length === 0) return [];
  const uses = readUses(after);
  const stages = new Set([before, after].flatMap(({ lifecycle }) => lifecycle?.stages.map(({ id }) => id) ?? []));
  const seen = new Set<string>();
  const using = new Set<string>();
  for (let next = left.pop(); next; next = left.pop()) {
    const { kind, id } = next;
    if (seen.has(`${kind}/${id}`)) continue;
    seen.add(`${kind}/${id}`);
    const places = kind === 'lifecycle' ? [...stages].flatMap((stage) => uses.of('stage', stage)) : uses.of(kind, id);
    for (const use of places) {
      if (use.kind === 'automation') using.add(use.id);
      if (use.kind === 'model' || use.kind === 'lifecycle' || use.kind === 'segment')
        left.push({ kind: use.kind, id: use.id });
    }
  }
  const own = new Set(changed.flatMap((document) => (document.kind === 'automation' ? [document.id] : [])));
  return after.automations
    .flatMap(({ live, graph }) => (live && using.has(graph.id) && !own.has(graph.id) ? [graph] : []))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
};
