import type { ReactNode } from 'react';
import { compact, count as counted, number } from '../ui/words.ts';
import { drawnBars, ticks, type Bar } from './bars.ts';
import styles from './charts.module.css';

/** Where a value lies between two ends, in percent of the width. */
export const percentAt = (value: number, min: number, max: number): number =>
  max > min ? Math.min(100, Math.max(0, ((value - min) / (max - min)) * 100)) : 0;

/**
 * How many contacts have which score. Drawn for the eye: `label` says it in words. `over` is laid over the bars on the same
 * scale (thresholds, say).
 */
export function Histogram(given: {
  bars: readonly Bar[];
  label: string;
  color: (bar: Bar) => string;
  height?: number;
  over?: ReactNode;
}) {
  const { bars } = given;
  const min = bars[0]?.from ?? 0;
  const max = bars.at(-1)?.to ?? 100;
  return (
    <div className={styles.histogram}>
      <div className={styles.plot} style={{ height: given.height ?? 140 }}>
        <div className={styles.bars} role="img" aria-label={given.label}>
          {drawnBars(bars).map((bar) => (
            <div
              key={bar.from}
              className={styles.slot}
              title={`${number(bar.from)} to ${number(bar.to)}: ${counted(bar.count, 'contact')}`}
            >
              {bar.cut && <span className={styles.cutCount}>{compact(bar.count)}</span>}
              <div
                className={styles.bar}
                data-cut={bar.cut || undefined}
                style={{ height: `${bar.height * 100}%`, background: given.color(bar) }}
                data-some={bar.count > 0 || undefined}
              />
            </div>
          ))}
        </div>
        {given.over}
      </div>
      <div className={styles.axis} aria-hidden="true">
        {ticks(min, max).map((value) => (
          <span key={value} style={{ left: `${percentAt(value, min, max)}%` }}>
            {number(value)}
          </span>
        ))}
      </div>
    </div>
  );
}
