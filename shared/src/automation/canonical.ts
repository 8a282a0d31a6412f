import { definitionSchema, type Definition } from '../model/definitions.ts';
import { nodeTypeOf } from '../nodes/registry.ts';
import { startNodeId, type Automation, type Edge } from './graph.ts';

/** Steps as they follow each other from the start, output by output; those that nothing leads to come last, by id. */
const inFlowOrder = ({ nodes, edges }: Automation): Automation['nodes'] => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const leaving = Map.groupBy(edges, ({ from }) => from);
  const outputs = new Map(nodes.map((node) => [node.id, nodeTypeOf(node).ports(node.settings)]));
  const ordered: Automation['nodes'] = [];
  const met = new Set<string>([startNodeId]);
  const follow = (from: string): void => {
    // A stack of one's own: thousands of steps may stand in one line.
    const open = [from];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const node = byId.get(id);
      if (id !== from || node) {
        if (met.has(id)) continue;
        met.add(id);
        if (node) ordered.push(node);
      }
      const ports = outputs.get(id) ?? ['next'];
      const next = (leaving.get(id) ?? []).toSorted((a, b) => byPort(ports, a, b));
      for (const { to } of next.reverse()) if (!met.has(to)) open.push(to);
    }
  };
  follow(startNodeId);
  for (const id of [...byId.keys()].sort()) if (!met.has(id)) follow(id);
  return ordered;
};

const byPort = (ports: readonly string[], a: Edge, b: Edge): number => {
  const [first, second] = [ports.indexOf(a.port), ports.indexOf(b.port)];
  return first - second || (a.port < b.port ? -1 : a.port > b.port ? 1 : a.to < b.to ? -1 : Number(a.to > b.to));
};

const canonicalAutomation = (graph: Automation): Automation => {
  const nodes = inFlowOrder(graph);
  const places = new Map([startNodeId, ...nodes.map(({ id }) => id)].map((id, index) => [id, index]));
  const ports = new Map(nodes.map((node) => [node.id, nodeTypeOf(node).ports(node.settings)]));
  const edges = graph.edges.toSorted(
    (a, b) =>
      (places.get(a.from) ?? places.size) - (places.get(b.from) ?? places.size) ||
      byPort(ports.get(a.from) ?? ['next'], a, b),
  );
  const layout = Object.fromEntries(
    [...places.keys()].flatMap((id) => {
      const spot = graph.layout && Object.hasOwn(graph.layout, id) ? graph.layout[id] : undefined;
      return spot ? [[id, { x: whole(spot.x), y: whole(spot.y) }]] : [];
    }),
  );
  return { ...graph, nodes, edges, ...(graph.layout ? { layout } : {}) };
};

/** Without a minus before nought. */
const whole = (pixels: number): number => Math.round(pixels) || 0;

/**
 * A definition as files keep it, so that a review shows what was changed and nothing else: keys in the order of the schema,
 * steps in the order of the flow, connections by where they begin, positions in whole pixels. It says the same.
 */
export const canonical = (document: Definition): Definition => {
  const read = definitionSchema.parse(document);
  return read.kind === 'automation' ? canonicalAutomation(read) : read;
};

/** Its text, with a line end. */
export const canonicalText = (document: Definition): string => `${JSON.stringify(canonical(document), null, 2)}\n`;
