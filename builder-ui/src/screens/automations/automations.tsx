import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconFolder, IconPlus, IconSearch, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AutomationSummary } from '@ripen/shared';
import { automationsQuery } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { rows } from '../../ui/rows.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import { foldersOf, type StatusFilter } from './automation-list.ts';
import { AutomationRow } from './automation-row.tsx';
import styles from './automations.module.css';
import { newAutomationId } from './new-automation.ts';

const route = getRouteApi('/inside/automations');
const statuses: { value: StatusFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'live', label: 'Live' },
  { value: 'draft', label: 'Drafts' },
  { value: 'paused', label: 'Paused' },
];
const statusOf = (text: string | undefined): StatusFilter =>
  statuses.find(({ value }) => value === text)?.value ?? 'all';

function NewButton() {
  const navigate = useNavigate();
  return (
    <Button
      leftSection={<IconPlus size={16} />}
      onClick={() => void navigate({ to: '/automations/$id', params: { id: newAutomationId() } })}
    >
      New automation
    </Button>
  );
}

function Found({ automations }: { automations: readonly AutomationSummary[] }) {
  const { q = '', status } = route.useSearch();
  const navigate = useNavigate();
  const folders = foldersOf(automations, { q, status: statusOf(status) });
  const names = [...new Set(automations.flatMap(({ folder }) => folder ?? []))].sort();
  if (folders.length === 0) {
    return (
      <EmptyState
        icon={<IconSearch size={32} stroke={1.5} aria-hidden="true" />}
        title="No automation matches"
        acts={
          <Button variant="default" onClick={() => void navigate({ to: '/automations', search: {} })}>
            Show all
          </Button>
        }
      />
    );
  }
  return folders.map((folder) => (
    <section key={folder.name ?? ''} aria-label={folder.name ?? 'In no folder'}>
      {(folder.name !== null || folders.length > 1) && (
        <h2 className={styles.folder}>
          <IconFolder size={16} aria-hidden="true" />
          {folder.name ?? 'In no folder'}
        </h2>
      )}
      <ul className={`${rows.list} ${styles.list}`}>
        {folder.automations.map((automation) => (
          <AutomationRow key={automation.id} automation={automation} folders={names} />
        ))}
      </ul>
    </section>
  ));
}

/** All automations, by folder. */
export function AutomationsScreen() {
  const query = useQuery(automationsQuery);
  const { q = '', status } = route.useSearch();
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const change = (search: { q?: string; status?: string }): void =>
    void navigate({ to: '/automations', search: (before) => ({ ...before, ...search }), replace: true });
  const live = query.data?.filter((automation) => automation.status === 'live').length;
  return (
    <Page
      title="Automations"
      sub={live === undefined ? undefined : `${count(live, 'automation')} live`}
      acts={mayWrite && <NewButton />}
    >
      <QueryView query={query} loading={<LoadingRows rows={6} height={52} />}>
        {(automations) =>
          automations.length === 0 ? (
            <EmptyState
              icon={<IconSitemap size={32} stroke={1.5} aria-hidden="true" />}
              title="Draw your first automation"
              acts={mayWrite && <NewButton />}
            >
              An automation watches for something a contact does, then adds points, moves stages and hands leads to
              sales.
            </EmptyState>
          ) : (
            <>
              <div className={styles.bar}>
                <TextInput
                  className={styles.search}
                  aria-label="Search automations"
                  placeholder="Search by name or folder"
                  leftSection={<IconSearch size={16} />}
                  value={q}
                  onChange={(event) => change({ q: event.currentTarget.value })}
                />
                <SegmentedControl
                  aria-label="Status"
                  data={statuses}
                  value={statusOf(status)}
                  onChange={(value) => change({ status: value === 'all' ? '' : value })}
                />
              </div>
              <Found automations={automations} />
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
