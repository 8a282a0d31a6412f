import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from '../model.module.css';

/** A setting that is there or not. */
export function Toggled(given: { label: string; on: boolean; onToggle: (on: boolean) => void; children: ReactNode }) {
  return (
    <>
      <Switch
        label={given.label}
        checked={given.on}
        onChange={(event) => given.onToggle(event.currentTarget.checked)}
      />
      {given.on && <div className={styles.fieldset}>{given.children}</div>}
    </>
  );
}
