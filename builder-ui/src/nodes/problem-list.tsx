import type { Problem } from '@ripen/shared';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import styles from './nodes.module.css';

export type PanelProblem = Pick<Problem, 'severity' | 'message' | 'path'>;

/** Problems that stand at no field: errors first. */
export function ProblemList({ problems }: { problems: readonly PanelProblem[] }) {
  if (problems.length === 0) return null;
  const sorted = [...problems].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  return (
    <ul className={styles.problems} aria-label="Problems">
      {sorted.map(({ severity, message }, index) => {
        const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle;
        return (
          <li key={index} className={styles.problem} data-severity={severity}>
            <Icon size={16} aria-label={severity === 'error' ? 'Error' : 'Warning'} />
            <span>{message}</span>
          </li>
        );
      })}
    </ul>
  );
}
