import type { InstallationHealth } from '@ripen/shared';
import { number } from '../../ui/words.ts';
import styles from './health.module.css';

const width = 720;
const height = 96;

/** Events a second: whole ones where there are many. */
export const rate = (perSecond: number): string => number(perSecond < 10 ? perSecond : Math.round(perSecond));

/** Events a second over the last hour, as an area. */
export function Throughput({ throughput }: { throughput: InstallationHealth['throughput'] }) {
  const rates = throughput.samples.map(({ perSecond }) => perSecond);
  const top = Math.max(1, ...rates);
  const slots = Math.round(3_600_000 / throughput.everyMs);
  const x = (index: number): number => width - ((rates.length - 1 - index) / Math.max(1, slots - 1)) * width;
  const y = (rate: number): number => height - 4 - (rate / top) * (height - 20);
  const line = rates.map((rate, index) => `${x(index).toFixed(1)},${y(rate).toFixed(1)}`).join(' ');
  return (
    <>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`At most ${rate(top)} events a second in the last hour`}
      >
        <line
          x1={0}
          x2={width}
          y1={height - 4}
          y2={height - 4}
          stroke="var(--line-strong)"
          vectorEffect="non-scaling-stroke"
        />
        {rates.length > 1 && (
          <>
            <polygon
              points={`${x(0).toFixed(1)},${height - 4} ${line} ${width},${height - 4}`}
              fill="var(--accent)"
              opacity={0.14}
            />
            <polyline
              points={line}
              fill="none"
              stroke="var(--accent)"
              strokeWidth={1.5}
              vectorEffect="non-scaling-stroke"
            />
          </>
        )}
      </svg>
      <div className={styles.hour} aria-hidden="true">
        <span>an hour ago</span>
        <span>now</span>
      </div>
      <p className={styles.soft}>
        {rates.length > 1 ? `The highest was ${rate(top)} a second.` : 'The record has just begun.'}
      </p>
    </>
  );
}
