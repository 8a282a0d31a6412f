import { expect, test } from 'vitest';
import type { FlowEdge, StepNode } from './flow-types.ts';
import { nextNear, nothingNear, type Looking, type Near } from './near.ts';

const size = { width: 264, height: 60 };
/** Steps below each other, each led to by the one before it. */
const chain = (count: number): Pick<Looking, 'nodes' | 'edges'> => ({
  // Only what is looked at here: where they are, and what leads where.
  nodes: Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    position: { x: 0, y: index * 100 },
    ...size,
  })) as unknown as StepNode[],
  edges: Array.from({ length: count - 1 }, (_, index) => ({
    id: `s${index} next`,
    source: `s${index}`,
    target: `s${index + 1}`,
  })),
});
const none: ReadonlySet<string> = new Set();
/** From `top` on, 800 units high. */
const at = (top: number, zoom = 1) => ({ view: { left: -400, right: 400, top, bottom: top + 800 / zoom }, zoom });

/** Frame after frame until nothing changes; the answers of all of them. */
const framesOf = (looking: Looking, from: Near = nothingNear): Near[] => {
  const next = nextNear(from, looking);
  return next === from ? [] : [next, ...framesOf(looking, next)];
};
const last = (looking: Looking, from?: Near): Near => framesOf(looking, from).at(-1) ?? from ?? nothingNear;

test('steps come a few in a frame, from the middle of the view on, and edges with them', () => {
  const frames = framesOf({ ...chain(300), always: none, ...at(10_000) });
  const [first] = frames;
  expect(first?.nodes).toContain('s104');
  expect(first?.sketch).toBe(true);
  frames.reduce((before, { nodes }) => {
    expect(nodes.size - before).toBeLessThanOrEqual(8);
    return nodes.size;
  }, 0);
  const shown = frames.at(-1);
  expect([...(shown?.nodes ?? [])].sort()).toEqual(
    ['s98', 's99', 's100', 's101', 's102', 's103', 's104', 's105', 's106', 's107', 's108', 's109'].sort(),
  );
  expect(shown?.edges).toContain('s103 next');
  expect(shown?.sketch).toBe(false);
});

test('of many, those far from view go, but not what must stay', () => {
  const drawn = chain(300);
  const top = last({ ...drawn, always: none, ...at(0) });
  const away = last({ ...drawn, always: new Set(['s0']), ...at(20_000) }, top);
  expect(away.nodes).toContain('s0');
  expect(away.nodes).toContain('s203');
  // A handful may stay where it was: it goes with the next ones.
  expect([...away.nodes].filter((id) => Number(id.slice(1)) < 150).length).toBeLessThanOrEqual(8);
});

test('of few, all that came stay', () => {
  const drawn = chain(60);
  const top = last({ ...drawn, always: none, ...at(0) });
  const away = last({ ...drawn, always: none, ...at(4_000) }, top);
  for (const id of top.nodes) expect(away.nodes).toContain(id);
});

test('what is deleted is not near any more', () => {
  const before = last({ ...chain(10), always: none, ...at(0) });
  const after = last({ ...chain(3), always: none, ...at(0) }, before);
  expect([after.nodes.size, after.edges.size]).toEqual([3, 2]);
});

test('many at a size that cannot be read are sketched; few are drawn', () => {
  const far = { view: { left: -9_000, right: 9_000, top: -100, bottom: 32_000 }, zoom: 0.2 };
  const many = last(
    { ...chain(300), always: new Set(['s7']), ...far },
    last({ ...chain(300), always: none, ...at(0) }),
  );
  expect([[...many.nodes], many.sketch]).toEqual([['s7'], true]);
  const few = last({ ...chain(40), always: none, ...far });
  expect([few.nodes.size, few.edges.size, few.sketch]).toEqual([40, 39, false]);
});

test('an edge that crosses the view is drawn, though its steps are elsewhere', () => {
  const { nodes, edges } = chain(300);
  const long = { ...edges[0], id: 'long', source: 's0', target: 's250' } as FlowEdge; // Made of one of the chain's.
  const near = last({ nodes, edges: [...edges, long], always: none, ...at(10_000) });
  expect(near.edges).toContain('long');
  expect(near.nodes).not.toContain('s0');
});
