import { definitionSchema, nodeTypeOf, type Definition, type Definitions } from '@ripen/shared';
import { automations, lookup } from './world-automations.ts';
import { scores } from './world-scores.ts';

/**
 * A workspace in which everything that depends on time happens often within a few months: half-life, window, decay, reset,
 * caps, stages with margins and stays, waits that are met and that time out, for dates, hours, conditions and goals too, routes
 * from events and from silence, a segment that is entered and left by what contacts do, by their bands and by time alone.
 * People are told outside and inside the product. With `lookupUrl`, also a system that is asked about contacts, and what it
 * says changes them.
 */
export const richWorld = (hookUrl: string, lookupUrl?: string): Definition[] =>
  [...scores, ...automations(hookUrl), ...(lookupUrl === undefined ? [] : lookup(lookupUrl))].map((document) =>
    definitionSchema.parse(document),
  );

/** What counting needs to know of definitions. */
export const vocabularyOf = ({ lifecycle, automations: all }: Definitions) => ({
  stages: lifecycle?.stages.map((stage) => stage.id) ?? [],
  waits: new Map(
    all.map(({ graph }) => [
      graph.id,
      new Set(graph.nodes.filter((node) => nodeTypeOf(node).kind === 'wait').map((node) => node.id)),
    ]),
  ),
});
