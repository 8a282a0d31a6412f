import { startNodeId, type Automation } from '@ripen/shared';
import { portsOfId } from './graph.ts';
import { sizeOfId } from './place.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** Where an arrow key leads from a node: down and up along edges, sideways to what stands nearest. Null: nowhere. */
export const neighbour = (document: Automation, id: string, direction: Direction): string | null => {
  if (direction === 'down') {
    const ports = portsOfId(document, id);
    const leaving = document.edges
      .filter((edge) => edge.from === id)
      .sort((a, b) => ports.indexOf(a.port) - ports.indexOf(b.port));
    return leaving[0]?.to ?? nearest(document, id, direction);
  }
  if (direction === 'up') {
    const layout = document.layout ?? {};
    const x = layout[id]?.x ?? 0;
    // Of several ways to come here, the straightest.
    const coming = document.edges
      .filter((edge) => edge.to === id)
      .sort((a, b) => Math.abs((layout[a.from]?.x ?? 0) - x) - Math.abs((layout[b.from]?.x ?? 0) - x));
    return coming[0]?.from ?? nearest(document, id, direction);
  }
  return nearest(document, id, direction);
};

const nearest = (document: Automation, id: string, direction: Direction): string | null => {
  const middle = (of: string): { x: number; y: number } | null => {
    const spot = document.layout?.[of];
    return spot ? { x: spot.x, y: spot.y + sizeOfId(document, of).height / 2 } : null;
  };
  const from = middle(id);
  if (!from) return null;
  let best: { id: string; cost: number } | null = null;
  for (const other of [startNodeId, ...document.nodes.map((node) => node.id)]) {
    const to = other === id ? null : middle(other);
    if (!to) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const ahead = direction === 'left' ? -dx : direction === 'right' ? dx : direction === 'up' ? -dy : dy;
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    if (ahead <= 8) continue;
    const cost = ahead + aside * 3;
    if (!best || cost < best.cost) best = { id: other, cost };
  }
  return best?.id ?? null;
};
