import { useEffect, type ReactNode } from 'react';
import styles from './page.module.css';

/** A screen: its title, what can be done, and its content. The title is the tab's too. */
export function Page(given: {
  title: string;
  sub?: ReactNode;
  /** Before the title: a way back, say. */
  lead?: ReactNode;
  acts?: ReactNode;
  padded?: boolean;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${given.title} · Ripen`;
  }, [given.title]);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        {given.lead}
        <div className={styles.names}>
          <h1 className={styles.title}>{given.title}</h1>
          {given.sub && <p className={styles.sub}>{given.sub}</p>}
        </div>
        {given.acts && <div className={styles.acts}>{given.acts}</div>}
      </header>
      <div className={given.padded ? `${styles.body} ${styles.padded}` : styles.body}>{given.children}</div>
    </div>
  );
}
