import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { FlowEdge, StepNode } from './flow-types.ts';
import { nextNear, nothingNear } from './near.ts';
import type { Drawn } from './project.ts';

/** Below this zoom what is small on a step (outputs, labels, plus signs) is neither read nor hit. */
const farBelow = 0.5;
/** Below this a finger in the middle of a step is as near to its outputs. */
const smallBelow = 0.7;

const hidden = new WeakMap<StepNode, StepNode>();

/** React Flow knows of every step, for selecting, dragging and connecting, but puts only those on the page that are not hidden. */
const hiddenOf = (node: StepNode): StepNode => {
  const known = hidden.get(node) ?? { ...node, hidden: true };
  hidden.set(node, known);
  return known;
};

/**
 * What is drawn of a drawing: what is in view, and a little around it. It comes a few steps a frame, so that neither opening
 * nor zooming out of hundreds of steps keeps the page from answering. `sketched` are the others, where any are in view.
 */
export const useNear = (
  { nodes, edges }: Drawn,
  always: ReadonlySet<string>,
  canvas: RefObject<HTMLElement | null>,
): Drawn & { sketched: Drawn | null } => {
  const store = useStoreApi<StepNode, FlowEdge>();
  const [near, setNear] = useState(nothingNear);
  const latest = useRef({ nodes, edges, always, near });
  useEffect(() => {
    latest.current = { nodes, edges, always, near };
  });

  const [loop] = useState(() => {
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const { transform, width, height } = store.getState();
      if (width === 0 || height === 0) return;
      const [x, y, zoom] = transform;
      const view = { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
      const next = nextNear(latest.current.near, { ...latest.current, view, zoom });
      // What it becomes is looked at again: there may be more to come.
      if (next !== latest.current.near) setNear(next);
      canvas.current?.toggleAttribute('data-small', zoom < smallBelow);
      // What is small comes back when those that are out of view by then are gone: for hundreds it takes too long at once.
      if (zoom < farBelow) canvas.current?.setAttribute('data-far', '');
      else if (next === latest.current.near) canvas.current?.removeAttribute('data-far');
    };
    return {
      start: (): void => {
        if (frame === 0) frame = requestAnimationFrame(look);
      },
      stop: (): void => {
        cancelAnimationFrame(frame);
        frame = 0;
      },
    };
  });
  useEffect(() => {
    const unsubscribe = store.subscribe((state, before) => {
      const moved = state.transform !== before.transform;
      if (moved || state.width !== before.width || state.height !== before.height) loop.start();
    });
    return () => {
      unsubscribe();
      loop.stop();
    };
  }, [store, loop]);
  useEffect(() => loop.start(), [loop, nodes, edges, always, near]);

  return useMemo(() => {
    const isThere = ({ id }: StepNode): boolean => near.nodes.has(id) || always.has(id);
    return {
      nodes: nodes.map((node) => (isThere(node) ? node : hiddenOf(node))),
      edges: edges.filter(({ id }) => near.edges.has(id)),
      sketched: near.sketch
        ? { nodes: nodes.filter((node) => !isThere(node)), edges: edges.filter(({ id }) => !near.edges.has(id)) }
        : null,
    };
  }, [nodes, edges, near, always]);
};
