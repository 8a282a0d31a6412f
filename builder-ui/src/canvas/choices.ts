import { nodeTypes, startNodeId, type Automation, type GraphNode, type NodeTypeName } from '@ripen/shared';
import { IconArrowRight } from '@tabler/icons-react';
import type { Names } from '../fields/names.ts';
import { lookOf, paletteGroups, portLabel, summaryOf } from '../nodes/index.ts';
import type { Choice } from './chooser.tsx';

/** Every kind of step that can be added. */
export const newSteps: readonly Choice[] = paletteGroups.flatMap((group) =>
  group.entries.map((entry) => ({
    id: `new ${entry.type}`,
    title: entry.title,
    about: entry.about,
    group: group.title,
    search: entry.search,
    icon: entry.icon,
    color: group.color,
  })),
);

/** Where an output can lead instead of to a new step: to what is on the canvas. */
export const targetChoices = (document: Automation, names: Names, after: string): Choice[] =>
  nodeChoices(document, names)
    .filter(({ id }) => id !== startNodeId && id !== after)
    .map((choice) => ({
      ...choice,
      id: `to ${choice.id}`,
      title: `Lead to: ${choice.title}`,
      group: 'On the canvas',
      search: `${choice.search} lead to connect`,
      icon: IconArrowRight,
    }));

const typeNames = new Set<string>(nodeTypes.map(({ type }) => type));

/** What was chosen of new steps and targets. */
export const chosenStep = (id: string): { type: NodeTypeName } | { to: string } | null => {
  const [what, ...rest] = id.split(' ');
  const name = rest.join(' ');
  if (what === 'to') return { to: name };
  return what === 'new' && typeNames.has(name) ? { type: name as NodeTypeName } : null; // Checked just before.
};

const described = new WeakMap<GraphNode, { names: Names; choice: Choice }>();

/** Nodes are never changed in place, so each is described once. */
const nodeChoice = (node: GraphNode, names: Names): Choice => {
  const before = described.get(node);
  if (before?.names === names) return before.choice;
  const look = lookOf(node.type);
  const summary = summaryOf(node, names);
  const choice = {
    id: node.id,
    title: look.title,
    about: node.note ?? summary,
    group: '',
    search: `${look.title} ${summary} ${node.note ?? ''} ${node.id}`.toLowerCase(),
    icon: look.icon,
    color: look.color,
  };
  described.set(node, { names, choice });
  return choice;
};

/** Every step by what it says of itself. */
export const nodeChoices = (document: Automation, names: Names): Choice[] => [
  {
    id: startNodeId,
    title: lookOf('start').title,
    group: '',
    search: 'start trigger',
    icon: lookOf('start').icon,
    color: lookOf('start').color,
  },
  ...document.nodes.map((node) => nodeChoice(node, names)),
];

/** The outputs of a node, to choose which one a new step follows. */
export const portChoices = (document: Automation, id: string, ports: readonly string[], names: Names): Choice[] => {
  const node = document.nodes.find((candidate) => candidate.id === id);
  return ports.map((port) => {
    const title = (node ? portLabel(node, port, names) : '') || 'Next';
    return { id: port, title, group: 'After which output?', search: title.toLowerCase() };
  });
};
