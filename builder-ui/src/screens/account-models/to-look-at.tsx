import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import sheet from '../models/model.module.css';
import styles from './account-models.module.css';

/** Something that is wrong or doubtful. */
export interface Doubt {
  severity: 'error' | 'warning';
  message: string;
}

/** What is wrong or doubtful in the sheet, errors first; what the accounts that there are say against it is among it. */
export function ToLookAt({ doubts }: { doubts: readonly Doubt[] }) {
  return (
    <section aria-label="What to look at">
      <h2 className={styles.heading}>What to look at</h2>
      {doubts.length === 0 ? (
        <p className={sheet.inline}>
          <IconCircleCheck size={16} aria-hidden="true" /> Nothing: the sheet is sound.
        </p>
      ) : (
        <ul className={sheet.problems}>
          {doubts.map(({ severity, message }, index) => (
            <li key={index} className={sheet.problem} data-severity={severity}>
              <IconAlertTriangle size={16} aria-label={severity === 'error' ? 'Error' : 'Warning'} />
              {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
