import dagre from '@dagrejs/dagre';
import { startNodeId, type Automation } from '@ripen/shared';
import { portsOfId } from './graph.ts';
import { freeSpot, gap, sizeOfId, type Spot } from './place.ts';

/** A place for every node: top to bottom, branches beside each other in the order of their outputs. The start is at 0, 0. */
export const tidied = (document: Automation): Record<string, Spot> => {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: gap.x, ranksep: gap.y, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = [startNodeId, ...document.nodes.map((node) => node.id)];
  const known = new Set(ids);
  for (const id of ids) graph.setNode(id, { ...sizeOfId(document, id) });
  // Dagre keeps the order in which edges come: branches in the order of their outputs.
  for (const id of ids) {
    const ports = portsOfId(document, id);
    const leaving = document.edges
      .filter((edge) => edge.from === id && known.has(edge.to))
      .sort((a, b) => ports.indexOf(a.port) - ports.indexOf(b.port));
    for (const edge of leaving) graph.setEdge(id, edge.to, {}, edge.port);
  }
  dagre.layout(graph);
  const spots = ids.map((id) => {
    const { x, y } = graph.node(id) as { x: number; y: number }; // Dagre writes them into what it was given.
    return [id, { x, y: y - sizeOfId(document, id).height / 2 }] as const;
  });
  const origin = spots[0]?.[1] ?? { x: 0, y: 0 };
  return Object.fromEntries(
    spots.map(([id, { x, y }]) => [id, { x: Math.round(x - origin.x) || 0, y: Math.round(y - origin.y) || 0 }]),
  );
};

/** The document with a place for every node: what has one keeps it. */
export const placed = (document: Automation): Automation => {
  const layout = document.layout ?? {};
  const homeless = document.nodes.filter((node) => !layout[node.id]);
  if (layout[startNodeId] && homeless.length === 0) return document;
  const ideal = tidied(document);
  if (homeless.length === document.nodes.length) return { ...document, layout: { ...ideal, ...layout } };
  return [startNodeId, ...homeless.map((node) => node.id)].reduce(
    (soFar, id) =>
      soFar.layout?.[id]
        ? soFar
        : {
            ...soFar,
            layout: { ...soFar.layout, [id]: freeSpot(soFar, ideal[id] ?? { x: 0, y: 0 }, sizeOfId(soFar, id)) },
          },
    document,
  );
};
