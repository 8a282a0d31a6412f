import type { Automation, GraphNode } from '@ripen/shared';

export interface Difference {
  added: GraphNode[];
  changed: { before: GraphNode; after: GraphNode }[];
  removed: GraphNode[];
  /** Outputs that lead elsewhere than before, among the nodes that stayed. */
  rewired: number;
  /** Of the automation itself: its name, triggers and so on. */
  settings: (typeof settingNames)[number][];
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
/** Key order carries no meaning, and what is undefined is not there. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? '';

const settingNames = [
  'name',
  'description',
  'triggers',
  'reentry',
  'whileInside',
  'pagesOnBackfill',
  'scenarios',
] as const;

/** What publishing `after` in the place of `before` would change for contacts. Where nodes stand does not matter. */
export const differenceOf = (before: Automation | null, after: Automation): Difference => {
  const earlier = new Map(before?.nodes.map((node) => [node.id, node]));
  const later = new Set(after.nodes.map((node) => node.id));
  const wires = (document: Automation | null): Map<string, string> =>
    new Map(document?.edges.map((edge) => [`${edge.from} ${edge.port}`, edge.to]));
  const [oldWires, newWires] = [wires(before), wires(after)];
  const stayed = (key: string): boolean => {
    const id = key.split(' ')[0] ?? '';
    return (earlier.has(id) && later.has(id)) || id === 'start';
  };
  const keys = new Set([...oldWires.keys(), ...newWires.keys()].filter(stayed));
  return {
    added: after.nodes.filter((node) => !earlier.has(node.id)),
    changed: after.nodes.flatMap((node) => {
      const was = earlier.get(node.id);
      return was && !same(was, node) ? [{ before: was, after: node }] : [];
    }),
    removed: before?.nodes.filter((node) => !later.has(node.id)) ?? [],
    rewired: before ? [...keys].filter((key) => oldWires.get(key) !== newWires.get(key)).length : 0,
    settings: before ? settingNames.filter((name) => !same(before[name], after[name])) : [],
  };
};

export const isSame = ({ added, changed, removed, rewired, settings }: Difference): boolean =>
  added.length + changed.length + removed.length + rewired + settings.length === 0;
