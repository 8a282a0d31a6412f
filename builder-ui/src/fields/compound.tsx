import { Input } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './fields.module.css';

/** Two inputs that say one thing (a number and its unit), under one label. */
export function Compound(given: {
  label?: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  /** Both are as wide; else the second is narrow. */
  even?: boolean;
  children: ReactNode;
}) {
  return (
    <Input.Wrapper
      label={given.label}
      description={given.description}
      error={given.error}
      labelElement="div"
      role="group"
      aria-label={typeof given.label === 'string' ? given.label : undefined}
    >
      <div className={given.even ? styles.even : styles.pair}>{given.children}</div>
    </Input.Wrapper>
  );
}
