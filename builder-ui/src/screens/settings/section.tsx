import type { ReactNode } from 'react';
import styles from './settings.module.css';

/** A part of the settings: what it is for, what can be added, and what there is. */
export function Section(given: { title: string; about: ReactNode; act?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <header className={styles.head}>
        <h2 className={styles.title}>{given.title}</h2>
        <p className={styles.about}>{given.about}</p>
        {given.act && <div className={styles.act}>{given.act}</div>}
      </header>
      {given.children}
    </section>
  );
}
