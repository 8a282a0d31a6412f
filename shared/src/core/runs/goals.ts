import type { CompiledNode } from '../program.ts';

const isGoal = (node: CompiledNode): boolean => 'pulls' in node.type;

const none: readonly CompiledNode[] = [];

/**
 * Which goals lie ahead of a node: those that its outputs lead to, the nearest first, then in the order of the outputs. Looked
 * for when first asked, because a graph may have thousands of nodes and runs wait in few of them.
 */
export const goalsAhead = (nodes: ReadonlyMap<string, CompiledNode>): ((from: string) => readonly CompiledNode[]) => {
  if (![...nodes.values()].some(isGoal)) return () => none;
  const found = new Map<string, readonly CompiledNode[]>();
  return (from) => {
    const known = found.get(from);
    if (known) return known;
    const goals = ahead(nodes, from).filter(isGoal);
    found.set(from, goals);
    return goals;
  };
};

/** The nodes that one leads to, breadth first; itself only where it leads back to itself. */
const ahead = (nodes: ReadonlyMap<string, CompiledNode>, from: string): CompiledNode[] => {
  const reached = new Set<string>();
  const open = [from];
  for (let index = 0; index < open.length; index++) {
    for (const to of after(nodes.get(open[index] ?? ''))) {
      if (reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return [...reached].flatMap((id) => nodes.get(id) ?? []);
};

const after = (node: CompiledNode | undefined): string[] => {
  if (!node) return [];
  const { type, to } = node;
  const settings = node.node.settings;
  const outputs = type.ports(settings).flatMap((port) => to.get(port) ?? []);
  return [...outputs, ...(type.references(settings).nodes ?? [])];
};
