import { useId, type ReactNode } from 'react';
import styles from './page.module.css';

/** A part of the contact's page with its heading. */
export function Card(given: { title: string; acts?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.cardHead}>
        <h2 id={id}>{given.title}</h2>
        {given.acts}
      </div>
      {given.children}
    </section>
  );
}
