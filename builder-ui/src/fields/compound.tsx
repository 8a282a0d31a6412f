import type { ReactNode } from 'react';
import styles from './fields.module.css';
import { InputGroup } from './inputs.tsx';

/** Two inputs that say one thing (a number and its unit), under one label. */
export function Compound(given: {
  label?: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  /** What both say together; what is wrong about a value that is not given is said at once. */
  value?: unknown;
  /** Both are as wide; else the second is narrow. */
  even?: boolean;
  children: ReactNode;
}) {
  return (
    <InputGroup
      label={given.label}
      description={given.description}
      error={given.error}
      value={'value' in given ? given.value : true}
      aria-label={typeof given.label === 'string' ? given.label : undefined}
    >
      <div className={given.even ? styles.even : styles.pair}>{given.children}</div>
    </InputGroup>
  );
}
