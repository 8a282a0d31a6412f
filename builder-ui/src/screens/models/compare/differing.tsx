import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { count } from '../../../ui/words.ts';
import type { RulePair, SettingPair } from './compare-models.ts';
import styles from './compare.module.css';
import { RulesBeside } from './rules-beside.tsx';

/** What differs between two sheets, or all of both: rules, what `children` shows, settings. */
export function Differing(given: {
  rules: readonly RulePair[];
  settings: readonly SettingPair[];
  all: boolean;
  onAll: (all: boolean) => void;
  children?: ReactNode;
}) {
  const { rules, settings, all } = given;
  const differing = rules.filter((pair) => !pair.same);
  const changed = settings.filter((pair) => pair.left !== pair.right);
  return (
    <div className={styles.body}>
      <div className={styles.head}>
        <p className={styles.sum}>
          {differing.length === 0
            ? 'The rules are the same'
            : `${count(differing.length, 'rule differs', 'rules differ')}`}
          {changed.length > 0 && `, ${count(changed.length, 'setting differs', 'settings differ')}`}.
        </p>
        <Switch
          label="Show what is the same too"
          checked={all}
          onChange={(event) => given.onAll(event.currentTarget.checked)}
        />
      </div>
      <RulesBeside pairs={all ? rules : differing} />
      {given.children}
      {(all || changed.length > 0) && (
        <section aria-label="Settings">
          <h2 className={styles.heading}>Settings</h2>
          <table className={styles.table}>
            <thead className="heard">
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Left</th>
                <th scope="col">Right</th>
              </tr>
            </thead>
            <tbody>
              {(all ? settings : changed).map((pair) => (
                <tr key={pair.label} data-differs={pair.left !== pair.right || undefined}>
                  <th scope="row">{pair.label}</th>
                  <td>{pair.left}</td>
                  <td>{pair.right}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
