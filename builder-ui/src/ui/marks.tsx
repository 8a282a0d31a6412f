import type { CSSProperties, ReactNode } from 'react';
import styles from './marks.module.css';
import { ripeColor, ripenessOf, ripenessOfStage, type Ripeness } from './ripeness.ts';
import { number, signed } from './words.ts';

const ripeStyle = (ripeness: Ripeness): CSSProperties => ({ '--ripe': ripeColor(ripeness) }) as CSSProperties; // React's type knows no custom properties.

/** A score with its place on the ripening scale, and its band if it has one. `ripe` is where the scale ends: the last threshold. */
export function ScoreChip({
  score,
  ripe = 100,
  band = null,
  large = false,
}: {
  score: number;
  ripe?: number | undefined;
  band?: { name: string } | null | undefined;
  large?: boolean;
}) {
  return (
    <span className={large ? `${styles.chip} ${styles.large}` : styles.chip} style={ripeStyle(ripenessOf(score, ripe))}>
      <span className={styles.drop} aria-hidden="true" />
      {number(score)}
      {band && <span className={styles.band}>{band.name}</span>}
    </span>
  );
}

/** A stage by name, coloured by its place among all. Null: in none. */
export function StageBadge({ name, index, of }: { name: string | null; index: number; of: number }) {
  if (name === null) return <span className={styles.none}>No stage</span>;
  return (
    <span className={styles.badge} style={ripeStyle(ripenessOfStage(index, of))}>
      <span className={styles.drop} aria-hidden="true" />
      {name}
    </span>
  );
}

/** Points given or taken. */
export function Points({ value }: { value: number }) {
  return (
    <span className={styles.points} data-sign={value > 0 ? 'plus' : value < 0 ? 'minus' : undefined}>
      {signed(value)}
    </span>
  );
}

export type Tone = 'good' | 'warn' | 'bad' | 'idle' | 'plain';

/** A state in a word, with a dot. */
export function StatusMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.status} data-tone={tone}>
      <span>{children}</span>
    </span>
  );
}

/** Keys to press, shown beside what they do. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
