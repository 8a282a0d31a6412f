import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import styles from './canvas.module.css';
import type { FlowEdge, StepNode } from './flow-types.ts';
import { areaOf } from './near.ts';
import type { Drawn } from './project.ts';

const boxOf = (node: StepNode): string => {
  const { left, top, right, bottom } = areaOf(node);
  return `M${left} ${top}H${right}V${bottom}H${left}z`;
};

/** Where the icon is, and the family's edge. */
const markOf = (node: StepNode): string => {
  const { left, top, bottom } = areaOf(node);
  return `M${left} ${top}h6V${bottom}h-6zM${left + 14} ${top + 14}h32v32h-32z`;
};

/** A line down, across and down again: curves are not seen at this size. */
const lineOf = ({ sourceHandle, source, target }: FlowEdge, nodes: ReadonlyMap<string, StepNode>): string => {
  const [from, to] = [nodes.get(source), nodes.get(target)];
  const port = from?.handles?.find(({ id, type }) => type === 'source' && id === sourceHandle);
  if (!from || !to || !port) return '';
  const start = areaOf(from);
  const x = start.left + port.x + (port.width ?? 0) / 2;
  return `M${x} ${start.bottom}V${(start.bottom + to.position.y) / 2}H${to.position.x}V${to.position.y}`;
};

const shapesOf = (nodes: readonly StepNode[], shape: (node: StepNode) => string): string => nodes.map(shape).join('');

/** Steps that are in view and not on the page, as boxes in the colours of their families: a few shapes, however many there are. */
export const Sketch = memo(function Sketch({ sketched, all }: { sketched: Drawn; all: readonly StepNode[] }) {
  const { nodes, edges } = sketched;
  const byId = useMemo(() => new Map(all.map((node) => [node.id, node])), [all]);
  const colors = [...new Set(nodes.map(({ data }) => data.look.color))];
  const isFailed = ({ data }: StepNode): boolean =>
    (data.count?.failed ?? 0) + (data.count?.undelivered ?? 0) > 0 || data.passed?.failed === true;
  return (
    <ViewportPortal>
      <svg className={styles.sketch} aria-hidden="true">
        <path className={styles.lines} d={edges.map((edge) => lineOf(edge, byId)).join('')} />
        <path className={styles.boxes} d={shapesOf(nodes, boxOf)} />
        <path className={styles.failed} d={shapesOf(nodes.filter(isFailed), boxOf)} />
        <path
          className={styles.chosen}
          d={shapesOf(
            nodes.filter(({ selected }) => selected === true),
            boxOf,
          )}
        />
        {colors.map((color) => (
          <path
            key={color}
            fill={color}
            d={shapesOf(
              nodes.filter(({ data }) => data.look.color === color),
              markOf,
            )}
          />
        ))}
      </svg>
    </ViewportPortal>
  );
});
