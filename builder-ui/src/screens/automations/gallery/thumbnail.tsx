import { startNodeId, type Automation } from '@ripen/shared';
import { memo, useMemo } from 'react';
import { edgesBetween, boxesOf } from './thumbnail-shapes.ts';
import styles from './gallery.module.css';

/** An automation drawn so small that only its shape is seen: steps in the colours of their families, and what leads where. */
export const Thumbnail = memo(function Thumbnail({ automation }: { automation: Automation }) {
  const { boxes, lines, view } = useMemo(() => {
    const boxes = boxesOf(automation);
    const left = Math.min(...boxes.map((box) => box.x));
    const top = Math.min(...boxes.map((box) => box.y));
    const width = Math.max(...boxes.map((box) => box.x + box.width)) - left;
    const height = Math.max(...boxes.map((box) => box.y + box.height)) - top;
    return { boxes, lines: edgesBetween(automation, boxes), view: [left - 20, top - 20, width + 40, height + 40] };
  }, [automation]);
  return (
    <svg className={styles.thumbnail} viewBox={view.join(' ')} aria-hidden="true" preserveAspectRatio="xMidYMid meet">
      <path className={styles.lines} d={lines} />
      {boxes.map(({ id, x, y, width, height, color }) => (
        <g key={id}>
          <rect className={styles.box} x={x} y={y} width={width} height={height} rx={14} />
          <rect fill={color} x={x} y={y} width={id === startNodeId ? width : 16} height={height} rx={8} />
        </g>
      ))}
    </svg>
  );
});
