import type { ReactNode } from 'react';
import styles from './settings.module.css';

/** What there is of a kind, one below the other. */
export function Items({ children }: { children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>;
}

/** One of them: its name and what tells it from others, how it stands, and what can be done with it. */
export function Item(given: { icon?: ReactNode; name: ReactNode; sub: ReactNode; state?: ReactNode; acts: ReactNode }) {
  return (
    <li className={styles.item}>
      {given.icon && <span className={styles.icon}>{given.icon}</span>}
      <div className={styles.main}>
        <div className={styles.strong}>{given.name}</div>
        <div className={styles.soft}>{given.sub}</div>
      </div>
      {given.state && <div className={styles.state}>{given.state}</div>}
      <div className={styles.acts}>{given.acts}</div>
    </li>
  );
}
