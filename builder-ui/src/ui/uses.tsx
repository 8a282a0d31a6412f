import { Link } from '@tanstack/react-router';
import type { NamedUse } from '@ripen/shared';
import styles from './uses.module.css';

const kindWords: Partial<Record<NamedUse['kind'], string>> = {
  automation: 'Automation',
  model: 'Score model',
  segment: 'Segment',
  maintenance_program: 'Maintenance program',
  account_model: 'Score model for accounts',
  event_type: 'Event type',
};

/** The definitions that name something, to be opened. */
export function Uses({ uses }: { uses: readonly NamedUse[] }) {
  return (
    <ul className={styles.uses}>
      {uses.map((use, index) => (
        <li key={index}>
          <UseLink use={use} />
          <span className={styles.part}>
            {[kindWords[use.kind], use.part?.toLowerCase()].filter(Boolean).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function UseLink({ use }: { use: NamedUse }) {
  switch (use.kind) {
    case 'automation':
      return (
        <Link to="/automations/$id" params={{ id: use.id }} search={{ node: use.node ?? undefined }}>
          {use.name}
        </Link>
      );
    case 'model':
      return (
        <Link to="/models/$id" params={{ id: use.id }}>
          {use.name}
        </Link>
      );
    case 'segment':
      return (
        <Link to="/segments/$id" params={{ id: use.id }}>
          {use.name}
        </Link>
      );
    case 'event_type':
      return (
        <Link to="/catalogue" search={{ tab: 'events', item: use.id }}>
          {use.name}
        </Link>
      );
    case 'account_model':
      return (
        <Link to="/account-models/$id" params={{ id: use.id }}>
          {use.name}
        </Link>
      );
    case 'maintenance_program':
      return (
        <Link to="/maintenance" search={{ edit: use.id }}>
          {use.name}
        </Link>
      );
    default:
      return <Link to="/lifecycle">{use.name}</Link>;
  }
}
