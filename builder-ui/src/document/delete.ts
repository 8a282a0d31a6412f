import { startNodeId, type Automation, type Edge } from '@ripen/shared';

/** Without the nodes; the triggers stay. Whatever came to a node that led to one other goes on to that one. */
export const afterDeleting = (document: Automation, ids: readonly string[]): Automation => {
  const gone = new Set(ids.filter((id) => id !== startNodeId && document.nodes.some((node) => node.id === id)));
  if (gone.size === 0) return document;
  let edges = document.edges;
  for (const id of gone) edges = healed(edges, id);
  return {
    ...document,
    nodes: document.nodes.filter((node) => !gone.has(node.id)),
    edges,
    ...(document.layout
      ? { layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => !gone.has(id))) }
      : {}),
  };
};

const healed = (edges: readonly Edge[], id: string): Edge[] => {
  const [onward, ...more] = edges.filter((edge) => edge.from === id);
  const target = more.length === 0 && onward && onward.to !== id ? onward.to : undefined;
  return edges.flatMap((edge) => {
    if (edge.from === id) return [];
    if (edge.to !== id) return [edge];
    // No node leads to itself: that would be a loop that nobody drew.
    return target === undefined || target === edge.from ? [] : [{ ...edge, to: target }];
  });
};
