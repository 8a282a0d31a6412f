import { applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import { startNodeId } from '@ripen/shared';
import type { Editor } from '../document/editor.ts';
import type { FlowEdge, StepNode } from './flow-types.ts';
import { createProjector, edgeId, portOfEdgeId, type Scene } from './project.ts';

/**
 * What React Flow is given, and what it tells. While something is dragged its place is React Flow's; when it is let go it
 * becomes one edit of the document.
 */
export const useFlow = (editor: Editor, isBoxing: () => boolean, scene: Scene) => {
  const [project] = useState(createProjector);
  // The scene's parts are compared one by one, whatever they are: the object around them is new each time.
  const drawn = useMemo(() => project(scene), [project, ...(Object.values(scene) as unknown[])]);
  const [shown, setShown] = useState<{ from: StepNode[] | null; nodes: StepNode[] }>({
    from: null,
    nodes: drawn.nodes,
  });
  if (shown.from !== drawn.nodes) setShown({ from: drawn.nodes, nodes: drawn.nodes });

  const onNodesChange = useCallback(
    (changes: NodeChange<StepNode>[]) => {
      const places = changes.filter((change) => change.type === 'position');
      if (places.length > 0) setShown((before) => ({ ...before, nodes: applyNodeChanges(places, before.nodes) }));
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length === 0 || isBoxing()) return;
      const before = editor.state().selection;
      const next = new Set(before);
      for (const { id, selected } of selects) {
        if (selected) next.add(id);
        else next.delete(id);
      }
      // React Flow also says what was not selected anyway.
      if (next.size !== before.size || [...next].some((id) => !before.has(id))) editor.select(next);
    },
    [editor, isBoxing],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      // Only what is let go: React Flow also selects every edge between selected nodes, but a person chooses one by clicking.
      const { edge } = editor.state();
      const id = edge && edgeId(edge);
      if (changes.some((change) => change.type === 'select' && !change.selected && change.id === id))
        editor.selectEdge(null);
    },
    [editor],
  );
  const onEdgeClick = useCallback((_: unknown, { id }: FlowEdge) => editor.selectEdge(portOfEdgeId(id)), [editor]);
  const onNodeDragStop = useCallback(
    (_: unknown, __: StepNode, dragged: StepNode[]) => {
      editor.do({ kind: 'move', to: Object.fromEntries(dragged.map(({ id, position }) => [id, position])) });
      setShown(({ nodes }) => ({ from: null, nodes }));
    },
    [editor],
  );
  const onConnect = useCallback(
    ({ source, sourceHandle, target }: { source: string; sourceHandle: string | null; target: string }) =>
      editor.do({ kind: 'connect', from: source, port: sourceHandle ?? 'next', to: target }),
    [editor],
  );
  const isValidConnection = useCallback(
    ({ source, target }: { source: string; target: string }) => source !== target && target !== startNodeId,
    [],
  );
  return {
    nodes: shown.nodes,
    /** Where they were before what is being dragged. */
    settled: drawn.nodes,
    edges: drawn.edges,
    onNodesChange,
    onEdgesChange,
    onEdgeClick,
    onNodeDragStop,
    onConnect,
    isValidConnection,
  };
};
