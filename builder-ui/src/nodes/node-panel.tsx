import { nodeTypeOf, type GraphNode } from '@ripen/shared';
import { useMemo } from 'react';
import { fieldErrors, schemaErrors } from '../fields/errors.ts';
import type { Names } from '../fields/names.ts';
import { NamesContext } from '../fields/use-names.ts';
import styles from './nodes.module.css';
import { ProblemList, type PanelProblem } from './problem-list.tsx';
import { viewOf } from './registry.ts';

export interface NodePanelProps {
  node: GraphNode;
  /** The settings as they are typed: what is half written does not fit its schema yet. */
  onChange: (settings: GraphNode['settings']) => void;
  names: Names;
  /** Of this node. */
  problems: readonly PanelProblem[];
}

const prefix = 'settings.';
/** Shown at their fields, because a path of the settings says where. */
const isPlaced = (problem: PanelProblem): boolean => problem.path?.startsWith(prefix) ?? false;

/** The form of a step's settings. */
export function NodePanel({ node, onChange, names, problems }: NodePanelProps) {
  const view = viewOf(node.type);
  const errors = useMemo(() => {
    if (!view) return fieldErrors([]);
    const placed = problems
      .filter(isPlaced)
      .map(({ path = '', message }) => ({ path: path.slice(prefix.length), message }));
    return fieldErrors([...schemaErrors(nodeTypeOf(node).settings, node.settings), ...placed]);
  }, [view, node, problems]);
  if (!view) return <p className={styles.about}>A newer version of Ripen made this step; it cannot be edited here.</p>;
  const { Panel } = view;
  return (
    <NamesContext value={names}>
      <div className={styles.panel}>
        <p className={styles.about}>{view.about}.</p>
        <ProblemList problems={problems.filter((problem) => !isPlaced(problem))} />
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
      </div>
    </NamesContext>
  );
}
