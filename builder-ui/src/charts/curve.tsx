import { number } from '../ui/words.ts';
import { ticks } from './bars.ts';
import styles from './charts.module.css';
import { percentAt } from './histogram.tsx';

export interface CurvePoint {
  x: number;
  y: number;
}

/** A falling or rising line with its area. Drawn for the eye: `label` says it in words. */
export function Curve(given: {
  points: readonly CurvePoint[];
  label: string;
  /** What the values along the bottom are: "days". */
  unit: string;
  height?: number;
  lines?: readonly { y: number; name: string }[];
}) {
  const { points, lines = [] } = given;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const bottom = Math.min(0, ...points.map(({ y }) => y));
  const top = Math.max(1, ...points.map(({ y }) => y)) * 1.08;
  const x = (value: number): number => percentAt(value, first.x, last.x);
  const y = (value: number): number => 100 - percentAt(value, bottom, top);
  const line = points.map((point) => `${x(point.x).toFixed(2)},${y(point.y).toFixed(2)}`).join(' ');
  const shown = lines.filter((one) => one.y > bottom && one.y < top);
  return (
    <div className={styles.histogram}>
      <div className={styles.plot} style={{ height: given.height ?? 120 }} role="img" aria-label={given.label}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className={styles.curve} aria-hidden="true">
          <polygon points={`0,${y(0)} ${line} 100,${y(0)}`} fill="var(--accent-soft)" />
          {shown.map((one) => (
            <line
              key={one.name}
              x1="0"
              x2="100"
              y1={y(one.y)}
              y2={y(one.y)}
              stroke="var(--line-strong)"
              strokeDasharray="4 4"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          <polyline
            points={line}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="2"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {shown.map((one) => (
          <span key={one.name} className={styles.level} style={{ top: `${y(one.y)}%` }} aria-hidden="true">
            {one.name} {number(one.y)}
          </span>
        ))}
      </div>
      <div className={styles.axis} aria-hidden="true">
        {ticks(first.x, last.x, 4).map((value) => (
          <span key={value} style={{ left: `${x(value)}%` }}>
            {value === last.x ? `${number(value)} ${given.unit}` : number(value)}
          </span>
        ))}
      </div>
    </div>
  );
}
