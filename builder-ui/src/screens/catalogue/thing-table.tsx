import { UnstyledButton } from '@mantine/core';
import { IconRobotOff } from '@tabler/icons-react';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { count } from '../../ui/words.ts';
import styles from './catalogue.module.css';
import type { Thing } from './things.ts';

/** What there is of a kind, one below the other; each opens. */
export function ThingTable(given: { things: readonly Thing[]; label: string; onOpen: (id: string) => void }) {
  return (
    <table className={styles.table} aria-label={given.label}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className={styles.holds}>
            Holds
          </th>
          <th scope="col" className={styles.uses}>
            Used
          </th>
          <th scope="col" className={styles.seen}>
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {given.things.map((thing) => (
          <tr key={thing.id} className={styles.row} data-deleted={thing.deleted || undefined}>
            <td>
              <UnstyledButton className={styles.name} onClick={() => given.onOpen(thing.id)}>
                {thing.name}
              </UnstyledButton>
              {thing.name !== thing.id && <code className={styles.id}>{thing.id}</code>}
              {thing.deleted ? (
                <span className={styles.mark}>Deleted</span>
              ) : (
                thing.isNew && <span className={styles.mark}>Not described</span>
              )}
              {thing.scanners && (
                <IconRobotOff size={15} className={styles.icon} role="img" aria-label="Told from scanners" />
              )}
              {thing.description && <div className={styles.about}>{thing.description}</div>}
            </td>
            <td className={styles.holds}>{thing.holds}</td>
            <td className={styles.uses}>
              {thing.uses === 0 ? <span className={styles.none}>Nowhere</span> : count(thing.uses, 'time')}
            </td>
            <td className={styles.seen}>
              {thing.lastSeenAt === null ? (
                <span className={styles.none}>Never</span>
              ) : (
                <RelativeTime at={thing.lastSeenAt} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
