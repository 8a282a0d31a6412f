import { nodeTypeOf, startNodeId, type Automation, type Edge, type GraphNode } from '@ripen/shared';

/** The outputs of a node in drawing order. A draft's settings may be anything, so none when they cannot be read. */
export const portsOf = (node: GraphNode): string[] => {
  try {
    return nodeTypeOf(node).ports(node.settings);
  } catch {
    return [];
  }
};

const lookups = new WeakMap<readonly GraphNode[], Map<string, GraphNode>>();

/** A node by its id. Lists of nodes are never changed in place, so each is indexed once. */
export const nodeIn = ({ nodes }: Pick<Automation, 'nodes'>, id: string): GraphNode | undefined => {
  let lookup = lookups.get(nodes);
  if (!lookup) {
    lookup = new Map(nodes.map((node) => [node.id, node]));
    lookups.set(nodes, lookup);
  }
  return lookup.get(id);
};

/** An output of a node, or of the triggers. */
export interface Port {
  from: string;
  port: string;
}

export const portsOfId = (document: Automation, id: string): string[] => {
  if (id === startNodeId) return ['next'];
  const node = nodeIn(document, id);
  return node ? portsOf(node) : [];
};

export const edgeAt = (document: Automation, { from, port }: Port): Edge | undefined =>
  document.edges.find((edge) => edge.from === from && edge.port === port);

/** Outputs that nothing follows yet, in drawing order. */
export const freePortsOf = (document: Automation, id: string): string[] => {
  const taken = new Set(document.edges.filter((edge) => edge.from === id).map((edge) => edge.port));
  return portsOfId(document, id).filter((port) => !taken.has(port));
};

export const hasNode = (document: Automation, id: string): boolean =>
  id === startNodeId || nodeIn(document, id) !== undefined;

/** Whatever follows a node, itself left out, near ones first. */
export const descendants = (document: Automation, id: string): Set<string> => {
  const next = new Map<string, string[]>();
  for (const edge of document.edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  const found = new Set<string>();
  const open = [...(next.get(id) ?? [])];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (found.has(at) || at === id) continue;
    found.add(at);
    open.push(...(next.get(at) ?? []));
  }
  return found;
};
