import { startNodeId, type Automation } from '@ripen/shared';
import { portsOfId } from './graph.ts';
import { laidOut, type Plan } from './lay-out.ts';
import { freeSpot, gap, sizeOfId, type Spot } from './place.ts';

/** Sizes of all that is drawn, and what leads where: branches in the order of their outputs. */
export const planOf = (document: Automation): Plan => {
  const ids = [startNodeId, ...document.nodes.map((node) => node.id)];
  const known = new Set(ids);
  return {
    gap,
    boxes: ids.map((id) => ({ id, ...sizeOfId(document, id) })),
    arrows: ids.flatMap((id) => {
      const ports = portsOfId(document, id);
      return document.edges
        .filter((edge) => edge.from === id && known.has(edge.to))
        .sort((a, b) => ports.indexOf(a.port) - ports.indexOf(b.port));
    }),
  };
};

/** A place for every node; the start is at 0, 0. */
export const tidied = (document: Automation): Record<string, Spot> => laidOut(planOf(document));

/** The document with a place for every node: what has one keeps it. */
export const placed = (document: Automation): Automation => {
  const layout = document.layout ?? {};
  const homeless = document.nodes.filter((node) => !layout[node.id]);
  if (layout[startNodeId] && homeless.length === 0) return document;
  const ideal = tidied(document);
  if (homeless.length === document.nodes.length) return { ...document, layout: { ...ideal, ...layout } };
  return [startNodeId, ...homeless.map((node) => node.id)].reduce(
    (soFar, id) =>
      soFar.layout?.[id]
        ? soFar
        : {
            ...soFar,
            layout: { ...soFar.layout, [id]: freeSpot(soFar, ideal[id] ?? { x: 0, y: 0 }, sizeOfId(soFar, id)) },
          },
    document,
  );
};
