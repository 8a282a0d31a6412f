import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { automationsQuery } from '../../api/automations.ts';
import { leadCountsQuery, statusQuery } from '../../api/insight.ts';
import { useMay } from '../../app/signed-in.ts';
import { compact, count, number } from '../../ui/words.ts';
import styles from './home.module.css';

function Figure(given: { to: string; label: string; value: ReactNode; note?: string; bad?: boolean }) {
  return (
    <li>
      <Link to={given.to} className={styles.figure} data-bad={given.bad || undefined}>
        <span className={styles.what}>{given.label}</span>
        <span className={styles.value}>
          {given.value}
          {given.note && <small>{given.note}</small>}
        </span>
      </Link>
    </li>
  );
}

/** A handful of figures that lead to where they come from. */
export function Figures() {
  const seesLeads = useMay('leads:read');
  const draws = useMay('definitions:write');
  const operates = useMay('operations:read');
  const status = useQuery(statusQuery);
  const leads = useQuery({ ...leadCountsQuery(false), enabled: seesLeads });
  const automations = useQuery({ ...automationsQuery, enabled: draws });
  const contacts = status.data?.counts?.['contacts'];
  const open = leads.data?.counts.open;
  const late = leads.data?.late ?? 0;
  const live = automations.data?.filter((automation) => automation.status === 'live');
  const waiting = live?.reduce((sum, { counts }) => sum + counts.waiting, 0);
  const failures = (status.data?.deadLetters ?? 0) + (status.data?.failedDeliveries ?? 0);
  return (
    <ul className={styles.figures}>
      {contacts !== undefined && <Figure to="/contacts" label="Contacts" value={compact(contacts)} />}
      {open !== undefined && (
        <Figure
          to="/queue"
          label="Open leads"
          value={number(open)}
          note={late > 0 ? `${count(late, 'answer')} overdue` : 'none overdue'}
          bad={late > 0}
        />
      )}
      {leads.data && (
        <Figure
          to="/queue?status=won"
          label="Won"
          value={number(leads.data.counts.won)}
          note={`${number(leads.data.counts.accepted)} being worked on`}
        />
      )}
      {live && (
        <Figure
          to="/automations?status=live"
          label="Live automations"
          value={number(live.length)}
          note={`${count(waiting ?? 0, 'contact')} inside`}
        />
      )}
      {operates && status.data && (
        <Figure
          to="/system"
          label="Health"
          value={status.data.status !== 'ok' ? 'Degraded' : failures > 0 ? 'Attention' : 'Good'}
          note={failures > 0 ? `${count(failures, 'failure')} to look at` : 'nothing to do'}
          bad={failures > 0 || status.data.status !== 'ok'}
        />
      )}
    </ul>
  );
}
