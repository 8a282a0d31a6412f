import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import type { Permission } from '@ripen/shared';
import { useEffect, useRef, type ComponentType } from 'react';
import { may } from '../../api/session.ts';
import { usePerson } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { Account } from './account.tsx';
import { Channels } from './channels.tsx';
import { Imports } from './imports/imports.tsx';
import { ApiKeys } from './keys.tsx';
import { People } from './people.tsx';
import { Queues } from './queues.tsx';
import styles from './settings.module.css';
import { UndoPoints } from './undo/undo-points.tsx';

const route = getRouteApi('/inside/settings/$section');

interface Part {
  id: string;
  label: string;
  permission: Permission | null;
  Content: ComponentType;
}

const parts: readonly Part[] = [
  { id: 'account', label: 'Your account', permission: null, Content: Account },
  { id: 'people', label: 'People', permission: 'admin', Content: People },
  { id: 'queues', label: 'Sales queues', permission: 'definitions:write', Content: Queues },
  { id: 'channels', label: 'Notifications', permission: 'definitions:write', Content: Channels },
  { id: 'imports', label: 'Imports', permission: 'imports:read', Content: Imports },
  { id: 'undo', label: 'Undo points', permission: 'contacts:write', Content: UndoPoints },
  { id: 'keys', label: 'API keys', permission: 'admin', Content: ApiKeys },
];

/** What is set up once: people, queues, where notifications go, keys. */
export function SettingsScreen() {
  const { section } = route.useParams();
  const person = usePerson();
  const allowed = parts.filter(({ permission }) => permission === null || may(person, permission));
  const shown = allowed.find(({ id }) => id === section);
  const sections = useRef<HTMLElement>(null);
  // A phone has not room for all their names: the one that is shown is among those that are seen.
  useEffect(() => {
    sections.current?.querySelector('[data-status="active"]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [section]);
  if (!shown) return <Navigate to="/settings/$section" params={{ section: 'account' }} replace />;
  return (
    <Page title="Settings">
      <div className={styles.columns}>
        <nav ref={sections} className={styles.sections} aria-label="Settings">
          {allowed.map(({ id, label }) => (
            <Link key={id} to="/settings/$section" params={{ section: id }} className={styles.section}>
              {label}
            </Link>
          ))}
        </nav>
        <div>
          <shown.Content />
        </div>
      </div>
    </Page>
  );
}
