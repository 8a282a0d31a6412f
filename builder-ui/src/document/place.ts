import { startNodeId, type Automation, type GraphNode } from '@ripen/shared';
import { descendants, nodeIn, portsOf } from './graph.ts';

/** A node's place is the middle of its upper side: the flow's axis goes through it. Units are the canvas's pixels. */
export interface Spot {
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}

const narrowest = 264;
const perPort = 108;
const plain = 60;
const noteLine = 24;
const triggerLine = 20;
/** How many triggers the start shows before the rest becomes a number. */
export const triggersShown = 3;
/** Between a node and the next below it, and beside it. */
export const gap = { x: 56, y: 64 } as const;

/** What the canvas draws, known without drawing it: so nothing has to be measured. */
export const sizeOf = (node: GraphNode): Size => ({
  width: Math.max(narrowest, portsOf(node).length * perPort),
  height: plain + (node.note ? noteLine : 0),
});

export const sizeOfStart = (document: Automation): Size => ({
  width: narrowest,
  height: 40 + triggerLine * Math.max(1, Math.min(document.triggers.length, triggersShown + 1)),
});

export const sizeOfId = (document: Automation, id: string): Size => {
  const node = id === startNodeId ? undefined : nodeIn(document, id);
  return node ? sizeOf(node) : sizeOfStart(document);
};

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const boxAt = (spot: Spot, size: Size): Box => ({
  left: spot.x - size.width / 2,
  right: spot.x + size.width / 2,
  top: spot.y,
  bottom: spot.y + size.height,
});

/** Room that stays around a node: less than the gaps, so that people may put things closer. */
const air = 20;
const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right + air && b.left < a.right + air && a.top < b.bottom + air && b.top < a.bottom + air;

const boxesOf = (document: Automation, layout: Readonly<Record<string, Spot>>, without: ReadonlySet<string>): Box[] =>
  [startNodeId, ...document.nodes.map((node) => node.id)].flatMap((id) => {
    const spot = layout[id];
    return spot && !without.has(id) ? [boxAt(spot, sizeOfId(document, id))] : [];
  });

/** The nearest spot to the wanted one where nothing is: to the right, to the left, then a row further down. */
export const freeSpot = (
  document: Automation,
  wanted: Spot,
  size: Size,
  without: ReadonlySet<string> = new Set(),
): Spot => {
  const boxes = boxesOf(document, document.layout ?? {}, without);
  const isFree = (spot: Spot): boolean => !boxes.some((box) => overlap(boxAt(spot, size), box));
  const across = size.width / 2 + gap.x;
  const down = size.height + gap.y;
  for (let row = 0; row < 200; row += 1) {
    for (const step of [0, 1, -1, 2, -2, 3, -3, 4, -4]) {
      const spot = { x: wanted.x + step * across, y: wanted.y + row * down };
      if (isFree(spot)) return spot;
    }
  }
  return { x: wanted.x, y: Math.max(...boxes.map((box) => box.bottom)) + gap.y };
};

/** Where an output leaves: outputs share the lower side evenly. */
export const portSpot = (document: Automation, from: string, port: string, ports: readonly string[]): Spot => {
  const spot = document.layout?.[from] ?? { x: 0, y: 0 };
  const size = sizeOfId(document, from);
  const index = Math.max(0, ports.indexOf(port));
  return {
    x: spot.x - size.width / 2 + (size.width * (index + 0.5)) / Math.max(1, ports.length),
    y: spot.y + size.height,
  };
};

/**
 * The layout with room of `needed` above `to`: what follows it moves down; where that would run into others, all that lies
 * as low does.
 */
export const madeRoom = (document: Automation, to: string, needed: number): Record<string, Spot> => {
  const layout = document.layout ?? {};
  const top = layout[to]?.y ?? 0;
  const shifted = (moves: (id: string) => boolean): Record<string, Spot> =>
    Object.fromEntries(
      Object.entries(layout).map(([id, spot]) => [
        id,
        moves(id) && spot.y >= top ? { x: spot.x, y: spot.y + needed } : spot,
      ]),
    );
  const following = descendants(document, to).add(to);
  const gentle = shifted((id) => following.has(id));
  const moved = new Set(Object.keys(gentle).filter((id) => gentle[id] !== layout[id]));
  const resting = boxesOf(document, layout, moved);
  const collides = [...moved].some((id) => {
    const spot = gentle[id];
    return spot !== undefined && resting.some((box) => overlap(boxAt(spot, sizeOfId(document, id)), box));
  });
  return collides ? shifted(() => true) : gentle;
};
