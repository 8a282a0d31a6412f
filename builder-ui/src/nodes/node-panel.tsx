import { nodeTypeOf, type GraphNode, type Problem } from '@ripen/shared';
import { useMemo } from 'react';
import { fieldErrors, schemaErrors, type PlacedError } from '../fields/errors.ts';
import type { Names } from '../fields/names.ts';
import { NamesContext } from '../fields/use-names.ts';
import { viewOf } from './registry.ts';

export interface NodePanelProps {
  node: GraphNode;
  /** The settings as they are typed: what is half written does not fit its schema yet. */
  onChange: (settings: GraphNode['settings']) => void;
  names: Names;
  /** Of this node. */
  problems: readonly Pick<Problem, 'severity' | 'message' | 'path'>[];
}

const prefix = 'settings.';

/** The form of a step's settings. */
export function NodePanel({ node, onChange, names, problems }: NodePanelProps) {
  const view = viewOf(node.type);
  const errors = useMemo(() => {
    const schema: PlacedError[] = schemaErrors(nodeTypeOf(node).settings, node.settings);
    const placed = problems.flatMap(({ path, message }) =>
      path?.startsWith(prefix) ? [{ path: path.slice(prefix.length), message }] : [],
    );
    return fieldErrors([...schema, ...placed]);
  }, [node, problems]);
  if (!view) return null;
  const { Panel } = view;
  return (
    <NamesContext value={names}>
      {Panel && (
        <Panel
          key={node.id}
          settings={node.settings}
          // The panel of a type hands back settings of that type.
          onChange={(settings) => onChange(settings as GraphNode['settings'])}
          errors={errors}
          names={names}
        />
      )}
    </NamesContext>
  );
}
