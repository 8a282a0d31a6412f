import { Button } from '@mantine/core';
import type { Notice } from '@ripen/shared';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/signed-in.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import styles from './notices.module.css';

/** One notice. Who follows one of its links has read it. */
export function NoticeRow({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const mayLeads = useMay('leads:read');
  const { subject, body, contact, leadId, automationName, at, readAt } = notice;
  const unread = readAt === null;
  const follow = (): void => {
    if (unread) onRead();
  };
  return (
    <li className={styles.row} data-unread={unread || undefined}>
      <span className={styles.mark}>{unread && <span className="heard">Unread</span>}</span>
      <div className={styles.words}>
        <h2 className={styles.subject}>{subject || automationName}</h2>
        {body && <p className={styles.body}>{body}</p>}
        <div className={styles.foot}>
          <Link to="/contacts/$id" params={{ id: contact.id }} onClick={follow}>
            {contact.name}
          </Link>
          {leadId !== null && mayLeads && (
            <Link to="/queue" search={{ lead: leadId }} onClick={follow}>
              Open the lead
            </Link>
          )}
          <span>{automationName}</span>
          <RelativeTime at={at} />
        </div>
      </div>
      {unread && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={onRead}
          aria-label={`Mark as read: ${subject || automationName}`}
        >
          Mark as read
        </Button>
      )}
    </li>
  );
}
