import type { ReactNode } from 'react';
import { StatusMark, type Tone } from '../ui/marks.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { fateOf, type VersionDetail } from './fate.ts';
import styles from './versions.module.css';

const tones: Record<string, Tone> = { Live: 'good', Paused: 'warn' };

/** Versions and the draft, the newest first. */
export const VersionRows = ({ children }: { children: ReactNode }) => <ol className={styles.versions}>{children}</ol>;

/** A version, or the draft: when it came and what became of it, what it changed, and what can be done with it. */
export function VersionRow(given: {
  /** Null: the draft. */
  row: VersionDetail | null;
  /** Said beside when it came. */
  more?: ReactNode;
  acts: ReactNode;
  /** Acts stand below: there is no room beside. */
  narrow?: boolean;
  children: ReactNode;
}) {
  const { row } = given;
  const fate = row && fateOf(row);
  return (
    <li className={styles.version} data-narrow={given.narrow || undefined}>
      <div className={styles.which}>
        <span className={styles.number}>{row ? `Version ${row.version}` : 'Draft'}</span>
        <StatusMark tone={fate === null ? 'idle' : (tones[fate] ?? 'idle')}>{fate ?? 'Not published'}</StatusMark>
        {row && (
          <span className={styles.when}>
            published <RelativeTime at={row.publishedAt} />
          </span>
        )}
        {given.more}
      </div>
      <div className={styles.summary}>{given.children}</div>
      <div className={styles.acts}>{given.acts}</div>
    </li>
  );
}
