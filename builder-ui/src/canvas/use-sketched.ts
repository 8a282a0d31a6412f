import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useState, type MouseEvent, type PointerEvent } from 'react';
import type { Editor } from '../document/editor.ts';
import type { Spot } from '../document/place.ts';
import type { FlowEdge, StepNode } from './flow-types.ts';
import { areaOf, meet } from './near.ts';
import type { View } from './use-view.ts';

const stepAt = (nodes: readonly StepNode[], { x, y }: Spot): StepNode | undefined =>
  nodes.findLast((node) => {
    const { left, top, right, bottom } = areaOf(node);
    return left <= x && x <= right && top <= y && y <= bottom;
  });

/**
 * The pointer among steps that are only sketched: the one under it comes to the page, so that it can be dragged, a click
 * selects it, and a box selects whatever it touches. React Flow does so only with what is on the page.
 */
export const useSketched = (editor: Editor, view: View) => {
  const store = useStoreApi<StepNode, FlowEdge>();
  const [pointed, setPointed] = useState<string | null>(null);
  useEffect(
    () =>
      store.subscribe(({ userSelectionRect: box, userSelectionActive, transform, nodes }, before) => {
        if (!userSelectionActive || !box || box === before.userSelectionRect) return;
        const [x, y, zoom] = transform;
        const [left, top] = [(box.x - x) / zoom, (box.y - y) / zoom];
        const area = { left, top, right: left + box.width / zoom, bottom: top + box.height / zoom };
        editor.select(nodes.filter((node) => meet(areaOf(node), area)).map(({ id }) => id));
      }),
    [store, editor],
  );
  const acts = useMemo(() => {
    const under = ({ clientX: x, clientY: y }: MouseEvent): string | null =>
      stepAt(store.getState().nodes, view.toCanvas({ x, y }))?.id ?? null;
    return {
      onPointerMove: (event: PointerEvent): void => {
        if (event.buttons === 0) setPointed(under(event));
      },
      onPaneClick: (event: MouseEvent): void => {
        const id = under(event);
        if (id !== null) editor.select([id]);
      },
      /** While a box is drawn React Flow knows only of the steps on the page. */
      isBoxing: (): boolean => store.getState().userSelectionActive,
    };
  }, [store, editor, view]);
  return { pointed, ...acts };
};
