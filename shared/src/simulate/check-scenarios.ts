import { startNodeId, type Automation } from '../automation/graph.ts';
import type { Definitions } from '../model/definitions.ts';
import type { Scenario } from '../model/scenario.ts';
import { nodeTypeOf } from '../nodes/registry.ts';
import { differencesOf, outcomeOf, runScenario, type OutcomeDifference } from './scenario.ts';

/** What became of a scenario that is kept as a test of its automation. */
export interface ScenarioResult {
  id: string;
  name: string;
  /** In what it is not as saved; empty when it goes as it went. */
  differences: OutcomeDifference[];
  /** Why it could not be run at all. */
  why: string | null;
}

export const isRed = ({ differences, why }: ScenarioResult): boolean => why !== null || differences.length > 0;

/** The same definitions with a graph as the live version of its automation; what it replaces keeps those who wait in it. */
export const withDraft = (definitions: Definitions, graph: Automation): Definitions => {
  const others = definitions.automations.map((one) => (one.graph.id === graph.id ? { ...one, live: false } : one));
  const newest = Math.max(0, ...others.filter((one) => one.graph.id === graph.id).map(({ version }) => version));
  return { ...definitions, automations: [...others, { version: newest + 1, live: true, graph }] };
};

/** Runs one scenario of the automation that is live in these definitions. Never throws for what a person drew. */
export const checkScenario = (definitions: Definitions, automation: string, scenario: Scenario): ScenarioResult => {
  const { id, name } = scenario;
  try {
    const { session, until } = runScenario(definitions, scenario);
    const models = definitions.models.map((model) => model.id);
    const got = outcomeOf(session, automation, models, until);
    return { id, name, differences: differencesOf(scenario.expects, got), why: null };
  } catch (error) {
    return { id, name, differences: [], why: error instanceof Error ? error.message : String(error) };
  }
};

/** What a sentence about a difference calls things. */
export interface DifferenceNames {
  stage: (id: string) => string;
  model: (id: string) => string;
  node: (id: string) => string;
}

/** The names of a graph among its definitions. */
export const differenceNames = (graph: Automation, { lifecycle, models }: Definitions): DifferenceNames => ({
  stage: (id) => lifecycle?.stages.find((stage) => stage.id === id)?.name ?? id,
  model: (id) => models.find((model) => model.id === id)?.name ?? id,
  node: (id) => {
    const node = graph.nodes.find((one) => one.id === id);
    return node ? nodeTypeOf(node).title : id;
  },
});

interface Step {
  node: string;
  port: string | null;
}

const stepOf = (text: string | undefined): Step | null => {
  if (text === undefined) return null;
  const [node = '', port = null] = text.split(' ');
  return { node, port };
};

/** Where the way taken first parts from the way wanted. */
const partingOf = (wanted: readonly string[], got: readonly string[]) => {
  let at = 0;
  while (at < wanted.length && wanted[at] === got[at]) at++;
  return { before: stepOf(got[at - 1]), wanted: stepOf(wanted[at]), got: stepOf(got[at]) };
};

/** The node of an automation at which a difference shows first; null where it is no node's. */
export const nodeOfDifference = (difference: OutcomeDifference): string | null => {
  if (difference.what !== 'path') return null;
  const { before, got } = partingOf(difference.wanted, difference.got);
  return got?.node ?? before?.node ?? startNodeId;
};

const quoted = (text: string): string => `"${text}"`;
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const number = (value: number): string => numbers.format(value).replace('-', '\u2212');

const pathWords = (difference: Extract<OutcomeDifference, { what: 'path' }>, names: DifferenceNames): string => {
  if (difference.got.length === 0) return 'It does not enter any more.';
  if (difference.wanted.length === 0) return 'It enters now, and did not.';
  const { before, wanted, got } = partingOf(difference.wanted, difference.got);
  const named = ({ node }: Step): string => quoted(names.node(node));
  if (!got)
    return `It ends at ${before ? named(before) : 'the start'}, and went on to ${wanted ? named(wanted) : 'its end'}.`;
  if (!wanted) return `It goes on to ${named(got)}, and ended at ${before ? named(before) : 'the start'}.`;
  if (got.node !== wanted.node)
    return `After ${before ? named(before) : 'the start'} it comes to ${named(got)}, not to ${named(wanted)}.`;
  if (got.port === null) return `It waits at ${named(got)}, and did not.`;
  if (wanted.port === null) return `It no longer waits at ${named(got)}.`;
  return `At ${named(got)} it goes by ${quoted(got.port)}, not by ${quoted(wanted.port)}.`;
};

const times = (count: number, what: string): string => `${number(count)} ${what}${count === 1 ? '' : 's'}`;

/** In what a scenario goes another way than it did when it was saved, as a sentence. */
export const differenceSentence = (difference: OutcomeDifference, names: DifferenceNames): string => {
  const stage = (id: string | null): string => (id === null ? 'no stage' : names.stage(id));
  switch (difference.what) {
    case 'stage':
      return `It ends in ${stage(difference.got)}, not in ${stage(difference.wanted)}.`;
    case 'score':
      return difference.got === null
        ? `${names.model(difference.model)} is not there any more.`
        : `${names.model(difference.model)} is ${number(difference.got)}, not ${number(difference.wanted)}.`;
    case 'path':
      return pathWords(difference, names);
    case 'notifications':
      return `It makes ${times(difference.got, 'notification')}, not ${number(difference.wanted)}.`;
    case 'leads':
      return `It makes ${times(difference.got, 'lead')}, not ${number(difference.wanted)}.`;
  }
};
