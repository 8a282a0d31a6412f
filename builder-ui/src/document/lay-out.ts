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

/** Dagre follows a line of steps by recursion: of 2,000 in a line the stack overflows. More than these stand in plain rows. */
const mostForDagre = 1_000;

/** Row below row, each step in the first that leads to it; what nothing leads to begins further rows. */
const inRows = ({ boxes, arrows, gap }: Plan): Record<string, Spot> => {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const leaving = Map.groupBy(arrows, ({ from }) => from);
  const spots: Record<string, Spot> = {};
  const met = new Set<string>();
  let y = 0;
  for (const { id: first } of boxes) {
    for (let row = met.has(first) ? [] : [first]; row.length > 0;) {
      const here = row.flatMap((id) => byId.get(id) ?? []);
      const width = here.reduce((sum, box) => sum + box.width, gap.x * (here.length - 1));
      let left = -width / 2;
      for (const box of here) {
        met.add(box.id);
        spots[box.id] = { x: Math.round(left + box.width / 2) || 0, y };
        left += box.width + gap.x;
      }
      y += Math.max(...here.map(({ height }) => height)) + gap.y;
      row = [...new Set(row.flatMap((id) => (leaving.get(id) ?? []).map(({ to }) => to)))].filter((id) => !met.has(id));
    }
  }
  return spots;
};

/** A place for every box: top to bottom, branches beside each other in the order of their outputs. The first is at 0, 0. */
export const laidOut = (plan: Plan): Record<string, Spot> => {
  const { boxes, arrows, gap } = plan;
  if (boxes.length > mostForDagre) return inRows(plan);
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
