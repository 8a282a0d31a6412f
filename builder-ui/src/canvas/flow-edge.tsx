import { BaseEdge, getSmoothStepPath, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { compact } from '../ui/words.ts';
import { useCanvasActs } from './canvas-context.ts';
import styles from './flow-edge.module.css';
import type { FlowEdge } from './flow-types.ts';

/** From an output to what follows it, with a plus in the middle that puts a step in between. */
export const FlowLine = memo(function FlowLine(props: EdgeProps<FlowEdge>) {
  const { data, selected, source } = props;
  const acts = useCanvasActs();
  const [path, x, y] = getSmoothStepPath({ ...props, borderRadius: 14, offset: 26 });
  const count = data?.count ?? null;
  const width = count === null ? 1.5 : count === 0 ? 1 : 1.5 + 3.5 * Math.sqrt(data?.share ?? 0);
  return (
    <g
      className={styles.edge}
      data-selected={selected || undefined}
      data-off={data?.passed === false || undefined}
      data-on={data?.passed || undefined}
      data-counted={count !== null || undefined}
      data-mark={data?.mark}
    >
      <BaseEdge
        id={props.id}
        path={path}
        markerEnd="url(#ripen-arrow)"
        style={{ strokeWidth: width }}
        interactionWidth={22}
      />
      {count !== null && count > 0 && (
        <EdgeCount count={count} from={source} port={data?.port ?? 'next'} transform={`translate(${x} ${y})`} />
      )}
      {data?.mark && (
        <g transform={`translate(${x} ${y})`} className={styles.mark}>
          <text textAnchor="middle" dominantBaseline="central">
            {data.mark === 'added' ? '+ new' : '− gone'}
          </text>
        </g>
      )}
      {!acts.readOnly && (
        <g
          className={`${styles.plus} nodrag nopan`}
          transform={`translate(${x} ${y})`}
          role="button"
          aria-label="Insert a step here"
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            acts.openPicker({ from: source, port: data?.port ?? 'next' }, event.currentTarget);
          }}
        >
          <circle r={15} className={styles.reach} />
          <circle r={9} className={styles.ring} />
          <path d="M-4 0H4M0 -4V4" />
        </g>
      )}
    </g>
  );
});

/** How many took it, leading to those. */
function EdgeCount(given: { count: number; from: string; port: string; transform: string }) {
  const link = useCanvasActs().linkTo?.({ node: given.from, port: given.port, what: 'took' }) ?? null;
  const text = (
    <text textAnchor="middle" dominantBaseline="central">
      {compact(given.count)}
    </text>
  );
  return (
    <g transform={given.transform} className={styles.count}>
      {link === null ? (
        text
      ) : (
        <a {...link} className="nodrag nopan" tabIndex={-1} aria-label={`${given.count} took this way`}>
          {text}
        </a>
      )}
    </g>
  );
}

/** The arrow head that all edges share. */
export function Arrows() {
  return (
    <svg width={0} height={0} style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        <marker
          id="ripen-arrow"
          viewBox="-10 -5 10 10"
          markerWidth={9}
          markerHeight={9}
          markerUnits="userSpaceOnUse"
          orient="auto"
          refX={-1}
          refY={0}
        >
          <path d="M-8 -4L-1 0L-8 4Z" fill="context-stroke" stroke="none" />
        </marker>
      </defs>
    </svg>
  );
}
