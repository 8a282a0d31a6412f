import { useStoreApi } from '@xyflow/react';
import { useState } from 'react';
import type { FlowEdge, StepNode } from './flow-types.ts';

const nothing = (): void => undefined;

/**
 * Leaves out two things that React Flow's store does for each step, before it first draws:
 * - measuring whatever comes onto the page and telling everybody of it. `place.ts` knows every size, `project.ts` every port;
 * - emptying itself when the canvas goes, which throws in a selector of each step: 30 ms with 300. It goes with its provider.
 */
export const useLeanStore = (): void => {
  const store = useStoreApi<StepNode, FlowEdge>();
  useState(() => store.setState({ updateNodeInternals: nothing, reset: nothing }));
};
