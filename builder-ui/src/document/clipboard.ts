import { startNodeId, type Automation, type GraphNode } from '@ripen/shared';
import type { Fragment } from './edit.ts';
import { portsOf } from './graph.ts';
import { isDrawable, isRecord } from './read.ts';

/** Marks our own text among all that a clipboard can hold. */
const format = 'ripen/nodes';
const version = 1;
/** More than anybody copies by hand; keeps a paste of a whole file from freezing the page. */
const mostCharacters = 5_000_000;

/** The chosen nodes with what is between them. The triggers cannot be copied. */
export const fragmentOf = (document: Automation, ids: ReadonlySet<string>): Fragment => ({
  nodes: document.nodes.filter((node) => ids.has(node.id) && node.id !== startNodeId),
  edges: document.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to) && edge.from !== startNodeId),
  layout: Object.fromEntries(Object.entries(document.layout ?? {}).filter(([id]) => ids.has(id) && id !== startNodeId)),
});

export const clipboardText = (fragment: Fragment): string => JSON.stringify({ format, version, ...fragment });

export type Pasted = { kind: 'fragment'; fragment: Fragment } | { kind: 'refused'; why: string };

const refused = (why: string): Pasted => ({ kind: 'refused', why });

/** Reads what is pasted. Anything may come: the answer is steps that are whole, or a sentence that says what is wrong. */
export const readClipboard = (text: string): Pasted => {
  if (text.trim() === '') return refused('The clipboard is empty. Copy steps of an automation first.');
  if (text.length > mostCharacters)
    return refused('What is in the clipboard is too long to be steps of an automation.');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = null;
  }
  if (!isRecord(given) || given['format'] !== format)
    return refused('The clipboard holds no steps of an automation. Copy some on a canvas first.');
  if (given['version'] !== version)
    return refused('These steps were copied from another version of Ripen. Reload the page there and copy them again.');
  const nodes: GraphNode[] = [];
  for (const candidate of Array.isArray(given['nodes']) ? (given['nodes'] as unknown[]) : []) {
    if (!isDrawable(candidate)) return refused('The copied steps are damaged. Copy them again.');
    nodes.push(candidate);
  }
  const ids = new Set(nodes.map((node) => node.id));
  if (nodes.length === 0 || ids.size !== nodes.length) return refused('The copied steps are damaged. Copy them again.');
  return {
    kind: 'fragment',
    fragment: { nodes, edges: edgesAmong(nodes, given['edges']), layout: layoutOf(ids, given['layout']) },
  };
};

const edgesAmong = (nodes: readonly GraphNode[], given: unknown): Fragment['edges'] => {
  const ports = new Map(nodes.map((node) => [node.id, new Set(portsOf(node))]));
  return (Array.isArray(given) ? (given as unknown[]) : []).flatMap((edge) => {
    if (!isRecord(edge)) return [];
    const { from, port, to } = edge;
    if (typeof from !== 'string' || typeof port !== 'string' || typeof to !== 'string') return [];
    // Each output leads to one node: the first edge takes it.
    return ports.has(to) && from !== to && ports.get(from)?.delete(port) ? [{ from, port, to }] : [];
  });
};

const layoutOf = (ids: ReadonlySet<string>, given: unknown): Fragment['layout'] =>
  Object.fromEntries(
    Object.entries(isRecord(given) ? given : {}).flatMap(([id, spot]) =>
      ids.has(id) && isRecord(spot) && Number.isFinite(spot['x']) && Number.isFinite(spot['y'])
        ? [[id, { x: Number(spot['x']), y: Number(spot['y']) }]]
        : [],
    ),
  );
