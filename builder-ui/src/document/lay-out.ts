import dagre from '@dagrejs/dagre';
import type { Size, Spot } from './place.ts';

/** What has to be known of a drawing to find places for it; plain, so that a worker can be asked. */
export interface Plan {
  /** The first is where it begins. */
  boxes: readonly (Size & { id: string })[];
  /** In the order in which they are to stand beside each other. */
  arrows: readonly { from: string; to: string; port: string }[];
  /** Room beside and below each. */
  gap: Spot;
}

/** A place for every box: top to bottom, branches beside each other in the order of their outputs. The first is at 0, 0. */
export const laidOut = ({ boxes, arrows, gap }: Plan): Record<string, Spot> => {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: gap.x, ranksep: gap.y, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { from, to, port } of arrows) graph.setEdge(from, to, {}, port);
  dagre.layout(graph);
  const spots = boxes.map(({ id, height }) => {
    const { x, y } = graph.node(id) as { x: number; y: number }; // Dagre writes them into what it was given.
    return [id, { x, y: y - height / 2 }] as const;
  });
  const origin = spots[0]?.[1] ?? { x: 0, y: 0 };
  return Object.fromEntries(
    spots.map(([id, { x, y }]) => [id, { x: Math.round(x - origin.x) || 0, y: Math.round(y - origin.y) || 0 }]),
  );
};
