import styles from './rows.module.css';

/** Classes of a list whose rows are links with a menu. */
export { styles as rows };

/** A number of a row above what it counts. Null: it is not known. */
export function RowFigure(given: {
  value: number | null;
  label: string;
  words: string;
  bad?: boolean;
  title?: string;
}) {
  return (
    <div
      className={styles.figure}
      data-bad={given.bad || undefined}
      data-zero={given.value === 0 || undefined}
      title={given.title}
    >
      {given.words}
      <small>{given.label}</small>
    </div>
  );
}
