import type { FlowEdge, StepNode } from './flow-types.ts';

/** Steps and edges that are on the page, by their ids. Of many, only those near what is looked at are. */
export interface Near {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** Others are in view too, and are to be sketched. */
  readonly sketch: boolean;
}

/** A part of the drawing, in its own units. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Looking {
  readonly nodes: readonly StepNode[];
  readonly edges: readonly FlowEdge[];
  /** On the page wherever they are: what is selected keeps the keyboard's focus. */
  readonly always: ReadonlySet<string>;
  /** What is in view. */
  readonly view: Area;
  readonly zoom: number;
}

export const nothingNear: Near = { nodes: new Set(), edges: new Set(), sketch: false };

/** Steps that come in one frame: drawing one costs about a millisecond, and a frame has 16. */
const atOnce = 8;
/** Fewer than these stay once they came: they cost nothing, and a search in the page finds them. */
const manyNodes = 80;
/** Below this zoom nothing on a step can be read: of many, a sketch says as much and is there at once. */
const sketchBelow = 0.35;
/** How far out of view steps come, and how far they go again, pixels of the screen. */
const comeWithin = 160;
const goBeyond = 400;

const grown = ({ left, top, right, bottom }: Area, by: number): Area => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});
export const meet = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A node's position is the middle of its upper side. */
export const areaOf = ({ position: { x, y }, width = 0, height = 0 }: StepNode): Area => ({
  left: x - width / 2,
  top: y,
  right: x + width / 2,
  bottom: y + height,
});
export const around = (a: Area, b: Area): Area => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/**
 * What is on the page one frame later: a few steps more, from the middle of the view outwards, or those gone that are far
 * away. Asked again until it answers with the same object.
 */
export const nextNear = (before: Near, { nodes, edges, always, view, zoom }: Looking): Near => {
  const isMany = nodes.length > manyNodes;
  const isSketch = isMany && zoom < sketchBelow;
  const reach = grown(view, comeWithin / zoom);
  const keep = grown(view, goBeyond / zoom);
  const middle = { x: (view.left + view.right) / 2, y: (view.top + view.bottom) / 2 };
  const areas = new Map(nodes.map((node) => [node.id, areaOf(node)]));
  const staying = new Set<string>();
  const leaving: string[] = [];
  const coming: { id: string; distance: number }[] = [];
  for (const [id, area] of areas) {
    const isThere = before.nodes.has(id);
    if (always.has(id) || (isThere && (!isMany || (!isSketch && meet(area, keep))))) staying.add(id);
    else if (isThere) leaving.push(id);
    else if (!isSketch && meet(area, reach)) {
      const distance = Math.hypot((area.left + area.right) / 2 - middle.x, (area.top + area.bottom) / 2 - middle.y);
      coming.push({ id, distance });
    }
  }
  coming.sort((a, b) => a.distance - b.distance);
  for (const { id } of coming.slice(0, atOnce)) staying.add(id);
  const waiting = new Set(coming.slice(atOnce).map(({ id }) => id));
  // Those that go do so a few together, and not while others come.
  const going = coming.length === 0 && (isSketch || leaving.length >= atOnce) ? 2 * atOnce : 0;
  for (const id of leaving.slice(going)) staying.add(id);
  const shown = edges.filter(({ source, target }) => {
    if (staying.has(source) && staying.has(target)) return true;
    if (isSketch || waiting.has(source) || waiting.has(target)) return false;
    const [from, to] = [areas.get(source), areas.get(target)];
    // It only crosses the view: both its steps are elsewhere, or come in the next frame.
    return from && to && meet(around(from, to), view);
  });
  const next = {
    nodes: kept(before.nodes, staying),
    edges: kept(before.edges, new Set(shown.map(({ id }) => id))),
    sketch: isSketch || waiting.size > 0,
  };
  const same = next.nodes === before.nodes && next.edges === before.edges && next.sketch === before.sketch;
  return same ? before : next;
};

const kept = (before: ReadonlySet<string>, after: ReadonlySet<string>): ReadonlySet<string> =>
  before.size === after.size && [...after].every((id) => before.has(id)) ? before : after;
