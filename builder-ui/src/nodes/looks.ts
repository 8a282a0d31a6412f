import { nodeTypes, type GraphNode, type NodeTypeName, type Trigger } from '@ripen/shared';
import { IconBolt, IconQuestionMark, type Icon } from '@tabler/icons-react';
import type { Names } from '../fields/names.ts';
import { describeTrigger } from '../fields/words.ts';
import { families } from './families.ts';
import type { Family } from './node-view.ts';
import { viewOf } from './registry.ts';

export interface Look {
  readonly title: string;
  readonly family: Family;
  readonly icon: Icon;
  /** CSS colour of the family's edge, right in both schemes. */
  readonly color: string;
}

const titles = new Map<string, string>(nodeTypes.map(({ type, title }) => [type, title]));

/** Title, family, icon and colour of a step; `start` is where the triggers stand. */
export const lookOf = (type: NodeTypeName | 'start'): Look => {
  if (type === 'start')
    return { title: 'Starts when', family: 'trigger', icon: IconBolt, color: families.trigger.color };
  const view = viewOf(type);
  const family = view?.family ?? 'flow';
  return {
    title: titles.get(type) ?? type,
    family,
    icon: view?.icon ?? IconQuestionMark,
    color: families[family].color,
  };
};

/** A step's settings in words, one line. Never throws: drafts may be half written. */
export const summaryOf = (node: GraphNode, names: Names): string =>
  viewOf(node.type)?.summary(node.settings ?? {}, names) ?? 'Made by a newer version of Ripen';

/** Names keep their capitals; other words have none in the middle of a sentence. */
const inOneSentence = (triggers: readonly Trigger[], names: Names): string =>
  triggers
    .map((trigger, index) => {
      const words = describeTrigger(trigger, names);
      const startsWithName = trigger.type === 'event' || trigger.type === 'score_crosses';
      return index === 0 || startsWithName ? words : words.charAt(0).toLowerCase() + words.slice(1);
    })
    .join(', or ');

/** What starts the automation, in words. */
export const summaryOfTriggers = (triggers: readonly Trigger[], names: Names): string =>
  triggers.length === 0 ? 'Nothing starts this yet' : inOneSentence(triggers, names);

/** What stands beside an output: `Yes`, `Timed out`; empty for the only one. */
export const portLabel = (node: GraphNode, port: string, _names?: Names): string =>
  viewOf(node.type)?.portLabel?.(node.settings ?? {}, port) ?? (port === 'next' ? '' : port);

/** Settings of a newly inserted step. */
export const freshSettings = (type: NodeTypeName, names: Names): GraphNode['settings'] =>
  // May lack what the workspace cannot offer yet; the panel says so.
  (viewOf(type)?.fresh(names) ?? {}) as GraphNode['settings'];

/** The names with the steps of this automation, so that *go to* can name where it leads. */
export const namesWithin = (names: Names, nodes: readonly GraphNode[]): Names => ({
  ...names,
  nodes: nodes.map((node) => ({ id: node.id, name: `${lookOf(node.type).title}: ${summaryOf(node, names)}` })),
});
