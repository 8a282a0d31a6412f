import type { Automation } from '@ripen/shared';
import type { Fragment } from './edit.ts';

export type Random = () => number;

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * An id for a new node. Random, because a deleted node's id must not come back: what a contact's *once* remembers and what
 * was counted is kept by the node's id.
 */
export const freshId = (type: string, taken: ReadonlySet<string>, random: Random = Math.random): string => {
  for (;;) {
    const tail = Array.from({ length: 5 }, () => letters[Math.floor(random() * letters.length)] ?? 'a').join('');
    const id = `${type.replaceAll('_', '-')}-${tail}`;
    if (!taken.has(id)) return id;
  }
};

export const idsOf = (document: Pick<Automation, 'nodes'>): Set<string> =>
  new Set(document.nodes.map((node) => node.id));

/** A copy whose nodes are new ones; what leads to one of them (edges, *go to*) leads to its copy. */
export const withFreshIds = (
  fragment: Fragment,
  document: Pick<Automation, 'nodes'>,
  random: Random = Math.random,
): Fragment => {
  const taken = new Set([...idsOf(document), ...idsOf(fragment)]);
  const renamed = new Map<string, string>();
  for (const node of fragment.nodes) {
    const id = freshId(node.type, taken, random);
    taken.add(id);
    renamed.set(node.id, id);
  }
  const newId = (id: string): string => renamed.get(id) ?? id;
  return {
    nodes: fragment.nodes.map((node) =>
      node.type === 'go_to'
        ? { ...node, id: newId(node.id), settings: { ...node.settings, node: newId(node.settings.node) } }
        : { ...node, id: newId(node.id) },
    ),
    edges: fragment.edges.map((edge) => ({ ...edge, from: newId(edge.from), to: newId(edge.to) })),
    layout: Object.fromEntries(Object.entries(fragment.layout).map(([id, spot]) => [newId(id), spot])),
  };
};
