import { Link } from '@tanstack/react-router';
import type { ContactListItem } from '@ripen/shared';
import { ScoreChip, StageBadge, StatusMark } from '../../../ui/marks.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import type { Stages } from '../../../fields/use-stages.ts';
import styles from './list.module.css';

/** One contact: a row on wide screens, a card on narrow ones. All of it opens the contact. */
export function ContactRow({ contact, stages }: { contact: ContactListItem; stages: Stages }) {
  const [score] = contact.scores;
  const seen = contact.lastActivityAt ?? contact.lastEventAt;
  return (
    <tr className={styles.row}>
      <td className={styles.who}>
        <Link to="/contacts/$id" params={{ id: contact.id }} className={styles.name} data-row title={contact.name}>
          {contact.name}
        </Link>
        {contact.email !== contact.name && <span className={styles.mail}>{contact.email ?? contact.userId}</span>}
      </td>
      <td className={styles.score}>
        {score?.shown ? (
          <ScoreChip score={score.score} ripe={stages.ripe} band={score.band} />
        ) : (
          <span className={styles.none} title="Outside the model's audience, or there is no model yet">
            –
          </span>
        )}
      </td>
      <td className={styles.stage}>
        <StageBadge
          name={contact.stageName ?? contact.stage}
          index={stages.indexOf(contact.stage)}
          of={stages.list.length}
        />
      </td>
      <td className={styles.company}>{contact.company}</td>
      <td className={styles.lead}>{contact.openLead !== null && <StatusMark tone="good">With sales</StatusMark>}</td>
      <td className={styles.seen}>{seen ? <RelativeTime at={seen} /> : <span className={styles.none}>never</span>}</td>
    </tr>
  );
}
