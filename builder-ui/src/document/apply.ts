import { startNodeId, type Automation } from '@ripen/shared';
import { afterDeleting } from './delete.ts';
import type { Edit, Fragment } from './edit.ts';
import { edgeAt, hasNode, portsOf, portsOfId, type Port } from './graph.ts';
import { freeSpot, gap, madeRoom, portSpot, sizeOf, type Size, type Spot } from './place.ts';
import { tidied } from './tidy.ts';

/** The document after an edit. The same one when the edit changes nothing. */
export const apply = (document: Automation, edit: Edit): Automation => {
  switch (edit.kind) {
    case 'add':
      return add(document, edit);
    case 'move':
      return move(document, edit.to);
    case 'connect':
      return connect(document, edit, edit.to);
    case 'disconnect':
      return edgeAt(document, edit)
        ? { ...document, edges: document.edges.filter((edge) => edge.from !== edit.from || edge.port !== edit.port) }
        : document;
    case 'delete':
      return afterDeleting(document, edit.nodes);
    case 'change':
      return change(document, edit.node);
    case 'automation':
      return { ...document, ...edit.change };
    case 'paste':
      return paste(document, edit.fragment, edit.at);
    case 'tidy':
      return { ...document, layout: tidied(document) };
    case 'replace':
      return edit.document.id === document.id ? edit.document : { ...edit.document, id: document.id };
  }
};

const add = (document: Automation, { node, after, at }: Extract<Edit, { kind: 'add' }>): Automation => {
  if (hasNode(document, node.id)) return document;
  const size = sizeOf(node);
  const ports = after ? portsOfId(document, after.from) : [];
  if (!after || !ports.includes(after.port)) {
    const spot = freeSpot(document, at ?? { x: 0, y: 0 }, size);
    return { ...document, nodes: [...document.nodes, node], layout: { ...document.layout, [node.id]: spot } };
  }
  const source = portSpot(document, after.from, after.port, ports);
  // A single output continues the axis of its node; several fan out.
  const x = ports.length === 1 ? source.x : fannedOut(document, after, ports, size);
  const wanted = at ?? { x, y: source.y + gap.y };
  const followed = edgeAt(document, after);
  const roomy = followed ? withRoomFor(document, wanted, size, followed.to, source.y) : document;
  const spot = freeSpot(roomy, wanted, size);
  const out = portsOf(node)[0];
  return {
    ...roomy,
    nodes: [...document.nodes, node],
    edges: [
      ...document.edges.filter((edge) => edge !== followed),
      { from: after.from, port: after.port, to: node.id },
      ...(followed && out !== undefined ? [{ from: node.id, port: out, to: followed.to }] : []),
    ],
    layout: { ...roomy.layout, [node.id]: spot },
  };
};

/** Beside each other below the node, in the order of its outputs. */
const fannedOut = (document: Automation, { from, port }: Port, ports: readonly string[], size: Size): number => {
  const axis = document.layout?.[from]?.x ?? 0;
  return axis + (ports.indexOf(port) - (ports.length - 1) / 2) * (size.width + gap.x);
};

/** Moves what the new node would push against down; an edge that leads upwards is a loop and moves nothing. */
const withRoomFor = (document: Automation, wanted: Spot, size: Size, to: string, sourceBottom: number): Automation => {
  const target = document.layout?.[to];
  if (!target || target.y < sourceBottom) return document;
  const missing = wanted.y + size.height + gap.y - target.y;
  return missing > 0 ? { ...document, layout: madeRoom(document, to, missing) } : document;
};

const move = (document: Automation, to: Readonly<Record<string, Spot>>): Automation => {
  const known = Object.entries(to).filter(([id]) => hasNode(document, id));
  return known.length === 0
    ? document
    : {
        ...document,
        layout: { ...document.layout, ...Object.fromEntries(known.map(([id, spot]) => [id, rounded(spot)])) },
      };
};

const rounded = ({ x, y }: Spot): Spot => ({ x: Math.round(x) || 0, y: Math.round(y) || 0 });

const connect = (document: Automation, { from, port }: Port, to: string): Automation => {
  const fits = from !== to && to !== startNodeId && hasNode(document, to) && portsOfId(document, from).includes(port);
  const before = edgeAt(document, { from, port });
  if (!fits || before?.to === to) return document;
  return { ...document, edges: [...document.edges.filter((edge) => edge !== before), { from, port, to }] };
};

const change = (document: Automation, node: Automation['nodes'][number]): Automation => {
  if (!document.nodes.some(({ id }) => id === node.id)) return document;
  const ports = new Set(portsOf(node));
  return {
    ...document,
    nodes: document.nodes.map((before) => (before.id === node.id ? node : before)),
    edges: document.edges.every((edge) => edge.from !== node.id || ports.has(edge.port))
      ? document.edges
      : document.edges.filter((edge) => edge.from !== node.id || ports.has(edge.port)),
  };
};

const paste = (document: Automation, fragment: Fragment, at?: Spot): Automation => {
  const nodes = fragment.nodes.filter((node) => !hasNode(document, node.id));
  const spots = nodes.map((node) => fragment.layout[node.id] ?? { x: 0, y: 0 });
  const first = spots[0];
  if (!first) return document;
  const left = Math.min(...spots.map(({ x }) => x));
  const top = Math.min(...spots.map(({ y }) => y));
  // The whole keeps its shape: it moves to the right as one, until none of it covers anything.
  let shift = at ? { x: at.x - left, y: at.y - top } : { x: 40, y: 20 };
  const covers = (): boolean =>
    nodes.some((node, index) => {
      const wanted = { x: (spots[index]?.x ?? 0) + shift.x, y: (spots[index]?.y ?? 0) + shift.y };
      const free = freeSpot(document, wanted, sizeOf(node));
      return free.x !== wanted.x || free.y !== wanted.y;
    });
  for (let attempt = 0; attempt < 400 && covers(); attempt += 1) shift = { x: shift.x + 40, y: shift.y };
  const ids = new Set(nodes.map((node) => node.id));
  return {
    ...document,
    nodes: [...document.nodes, ...nodes],
    edges: [...document.edges, ...fragment.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to))],
    layout: {
      ...document.layout,
      ...Object.fromEntries(
        nodes.map((node, index) => [
          node.id,
          rounded({ x: (spots[index]?.x ?? 0) + shift.x, y: (spots[index]?.y ?? 0) + shift.y }),
        ]),
      ),
    },
  };
};
