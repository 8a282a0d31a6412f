import { useQuery } from '@tanstack/react-query';
import { unreadQuery } from '../api/notices.ts';
import styles from './rail.module.css';

/** The API counts no further. */
const most = 100;

/** How many notices this person has not read; nothing where there are none. */
export function UnreadBadge({ person }: { person: string }) {
  const { data: unread = 0 } = useQuery(unreadQuery(person));
  if (unread === 0) return null;
  const words = unread >= most ? `${most - 1}+` : String(unread);
  return (
    <span className={styles.count}>
      {words}
      <span className="heard"> unread</span>
    </span>
  );
}
