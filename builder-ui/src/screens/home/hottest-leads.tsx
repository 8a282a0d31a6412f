import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { hottestLeadsQuery, leadCountsQuery } from '../../api/insight.ts';
import { useStages } from '../../fields/use-stages.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { ScoreChip } from '../../ui/marks.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { LoadingRows, QueryView } from '../../ui/states.tsx';
import { reasonsInWords } from '../../ui/words.ts';
import styles from './home.module.css';

/** The open leads to answer first: one's own where one is a rep, else everybody's. */
export function HottestLeads() {
  const counts = useQuery(leadCountsQuery(true));
  const { ripe } = useStages();
  const mine = (counts.data?.reps.length ?? 0) > 0;
  const query = useQuery({ ...hottestLeadsQuery(mine), enabled: counts.isFetched });
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>
        {mine ? 'Your hottest leads' : 'Hottest leads'}
        <Link to="/queue">All</Link>
      </h2>
      <QueryView query={query} loading={<LoadingRows rows={3} />}>
        {(leads) =>
          leads.length === 0 ? (
            <p className={styles.soft}>No lead waits for an answer.</p>
          ) : (
            <ul className={styles.leads}>
              {leads.map((lead) => (
                <li key={lead.id}>
                  <Link to="/queue" search={{ lead: lead.id }} className={styles.lead}>
                    <span>
                      <ScoreChip score={lead.score} ripe={ripe} />
                    </span>
                    <span className={styles.leadName}>
                      <span>
                        <strong>{lead.contact.name}</strong>
                        {lead.contact.company && ` · ${lead.contact.company}`}
                      </span>
                      <span>{reasonsInWords(lead.reasons)}</span>
                    </span>
                    {lead.answerBy ? (
                      <Countdown until={lead.answerBy} />
                    ) : (
                      <span className={styles.soft}>
                        <RelativeTime at={lead.at} />
                      </span>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}
