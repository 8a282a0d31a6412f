import { Text } from '@mantine/core';
import type { RoundPreview } from '@ripen/shared';
import type { ReactNode } from 'react';
import { count, number } from '../ui/words.ts';
import styles from './rounds.module.css';

/** How many contacts a round would be about, a word on what becomes of them, and some of their names. */
export function Foreseen({ found, children }: { found: RoundPreview; children: ReactNode }) {
  const { members, items } = found;
  return (
    <div className={styles.foreseen}>
      <p className={styles.total}>
        {members.exact ? count(members.count, 'contact') : `About ${number(members.count)} contacts`}
      </p>
      <Text size="sm">{members.count === 0 ? 'There is nobody whom it is about.' : children}</Text>
      {items.length > 0 && (
        <Text size="sm" c="var(--ink-soft)">
          {items.map(({ name }) => name).join(', ')}
          {members.count > items.length && ' and others'}
        </Text>
      )}
    </div>
  );
}
