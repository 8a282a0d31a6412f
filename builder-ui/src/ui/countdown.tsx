import styles from './marks.module.css';
import { useNow } from './relative-time.tsx';
import { exactTime, span } from './words.ts';

/** How long there still is to answer, or for how long it is overdue. */
export function Countdown({ until }: { until: string }) {
  const left = Date.parse(until) - useNow();
  return (
    <span className={styles.due} data-late={left < 0 || undefined} title={`Answer by ${exactTime(Date.parse(until))}`}>
      {left < 0 ? `${span(left)} late` : `${span(left)} left`}
    </span>
  );
}
