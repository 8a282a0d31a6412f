import type { Port } from '../document/graph.ts';
import { portOfEdgeId } from './project.ts';

/** What lies under a point that a step can be put after: an edge, or the plus of a free output. */
export const dropTargetAt = (x: number, y: number): { port: Port; element: Element } | null => {
  for (const element of document.elementsFromPoint(x, y)) {
    const plus = element.closest('[data-plus]');
    if (plus) return { port: portOfEdgeId(plus.getAttribute('data-plus') ?? ''), element: plus };
    const edge = element.closest('.react-flow__edge');
    if (edge) return { port: portOfEdgeId(edge.getAttribute('data-id') ?? ''), element: edge };
  }
  return null;
};

let marked: Element | null = null;

/** Shows where a step would go; null takes the mark away. */
export const markDropTarget = (element: Element | null): void => {
  if (marked === element) return;
  marked?.removeAttribute('data-drop');
  element?.setAttribute('data-drop', '');
  marked = element;
};
