import { IconAlertTriangle, IconClockExclamation, IconMailExclamation, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { leadCountsQuery, statusQuery } from '../../api/insight.ts';
import { useMay } from '../../app/signed-in.ts';
import { count } from '../../ui/words.ts';
import styles from './home.module.css';
import { StepWords } from './next-steps.tsx';

/** What somebody must look after; nothing while all is well. */
export function Attention() {
  const operates = useMay('operations:read');
  const seesLeads = useMay('leads:read');
  const own = useQuery({ ...leadCountsQuery(true), enabled: seesLeads });
  const leads = useQuery({ ...leadCountsQuery(false), enabled: seesLeads });
  const isRep = (own.data?.reps.length ?? 0) > 0;
  const status = useQuery({ ...statusQuery, enabled: operates });
  const [late, dead, failed] = [
    (isRep ? own : leads).data?.late ?? 0,
    operates ? (status.data?.deadLetters ?? 0) : 0,
    operates ? (status.data?.failedDeliveries ?? 0) : 0,
  ];
  const all: { href: string; icon: Icon; many: number; title: string; text: string }[] = [
    {
      href: '/queue',
      icon: IconClockExclamation,
      many: late,
      title: `${count(late, 'lead')} waited too long`,
      text: isRep ? 'The time to answer is over.' : 'The time to answer is over. Answer, or ask the rep to.',
    },
    {
      href: '/system',
      icon: IconMailExclamation,
      many: failed,
      title: `${count(failed, 'message')} ${failed === 1 ? 'was' : 'were'} not taken`,
      text: 'Mend the cause where the receiver says it lies, then send again.',
    },
    {
      href: '/system',
      icon: IconAlertTriangle,
      many: dead,
      title: `${count(dead, 'event')} could not be applied`,
      text: 'Their contacts wait. See why, then try again.',
    },
  ];
  const shown = all.filter(({ many }) => many > 0);
  if (shown.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>Needs attention</h2>
      <ul className={styles.steps}>
        {shown.map((one) => (
          <li key={one.title}>
            <Link to={one.href} className={styles.step} data-bad>
              <one.icon size={20} stroke={1.7} aria-hidden="true" />
              <StepWords title={one.title} text={one.text} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
