import { startNodeId, type Automation, type Edge } from '../automation/graph.ts';
import type { GraphNode } from '../nodes/registry.ts';
import { labelOf, saysSame, type ValueChange } from './changes.ts';

/** An output that leads elsewhere in the later drawing; null: nowhere. */
export interface Rewired {
  from: string;
  port: string;
  before: string | null;
  after: string | null;
}

/** What another version of an automation changes. Where steps stand on the canvas does not matter. */
export interface AutomationDifference {
  added: GraphNode[];
  changed: { before: GraphNode; after: GraphNode }[];
  removed: GraphNode[];
  /** Every output that leads elsewhere, those of added and removed steps too: what a drawing shows. */
  rewired: Rewired[];
  /** Of the automation itself: its name, what starts it and so on. */
  settings: ValueChange[];
}

/** What is neither of the automation itself nor of what a version means: parts told on their own, marks, places. */
const elsewhere = new Set(['kind', 'schemaVersion', 'id', 'nodes', 'edges', 'layout']);

const settingsOf = (document: Automation): Map<string, unknown> =>
  new Map(Object.entries(document).filter(([key]) => !elsewhere.has(key)));

const settingChanges = (before: Automation, after: Automation): ValueChange[] => {
  const [were, are] = [settingsOf(before), settingsOf(after)];
  return [...new Set([...were.keys(), ...are.keys()])]
    .filter((key) => !saysSame(were.get(key), are.get(key)))
    .map((key) => ({ path: [key], label: labelOf(key), before: were.get(key), after: are.get(key) }));
};

const outputs = (document: Automation | null): Map<string, Edge> =>
  new Map(document?.edges.map((edge) => [`${edge.from} ${edge.port}`, edge]));

/** What `after` changes where `before` is in force; null: nothing is, so that all of it is new. */
export const differenceOf = (before: Automation | null, after: Automation): AutomationDifference => {
  const earlier = new Map(before?.nodes.map((node) => [node.id, node]));
  const later = new Set(after.nodes.map((node) => node.id));
  const [were, are] = [outputs(before), outputs(after)];
  return {
    added: after.nodes.filter(({ id }) => !earlier.has(id)),
    changed: after.nodes.flatMap((node) => {
      const was = earlier.get(node.id);
      return was && !saysSame(was, node) ? [{ before: was, after: node }] : [];
    }),
    removed: before?.nodes.filter(({ id }) => !later.has(id)) ?? [],
    rewired: [...new Set([...are.keys(), ...were.keys()])].flatMap((key): Rewired[] => {
      const [was, is] = [were.get(key), are.get(key)];
      const edge = is ?? was;
      return edge === undefined || was?.to === is?.to
        ? []
        : [{ from: edge.from, port: edge.port, before: was?.to ?? null, after: is?.to ?? null }];
    }),
    settings: before ? settingChanges(before, after) : [],
  };
};

/** Whether nothing changes that contacts or people would notice. */
export const isSame = ({ added, changed, removed, rewired, settings }: AutomationDifference): boolean =>
  added.length + changed.length + removed.length + rewired.length + settings.length === 0;

/** Of the outputs that lead elsewhere those of steps that both versions have: the others come and go with their steps. */
export const rewiredOf = ({ added, removed, rewired }: AutomationDifference): Rewired[] => {
  const passing = new Set([...added, ...removed].map(({ id }) => id));
  return rewired.filter(({ from }) => from === startNodeId || !passing.has(from));
};
