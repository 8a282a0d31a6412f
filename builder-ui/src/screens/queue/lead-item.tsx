import { Link } from '@tanstack/react-router';
import type { LeadListItem } from '@ripen/shared';
import { useEffect, useRef } from 'react';
import { Countdown } from '../../ui/countdown.tsx';
import { ScoreChip } from '../../ui/marks.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { reasonsInWords } from '../../ui/words.ts';
import styles from './queue.module.css';

/** A lead in the list. */
export function LeadItem({ lead, ripe, chosen }: { lead: LeadListItem; ripe: number; chosen: boolean }) {
  const element = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <Link
      ref={element}
      to="/queue"
      search={(before) => ({ ...before, lead: lead.id })}
      replace
      className={styles.item}
      aria-current={chosen ? 'true' : undefined}
      activeProps={{}}
    >
      <span>
        <ScoreChip score={lead.score} ripe={ripe} />
      </span>
      <span className={styles.who}>
        {lead.contact.name}
        {lead.contact.company && <span className={styles.soft}> · {lead.contact.company}</span>}
      </span>
      {lead.status === 'open' && lead.answerBy ? (
        <Countdown until={lead.answerBy} />
      ) : (
        <span className={styles.soft}>
          <RelativeTime at={lead.at} />
        </span>
      )}
      <span className={styles.why}>{lead.reason ?? reasonsInWords(lead.reasons)}</span>
    </Link>
  );
}
