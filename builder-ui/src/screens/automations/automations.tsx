import { Button, Group } from '@mantine/core';
import {
  IconFileImport,
  IconFolder,
  IconLayoutGrid,
  IconPlus,
  IconSearch,
  IconSitemap,
  IconStar,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AutomationSummary } from '@ripen/shared';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { automationsQuery } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { rows } from '../../ui/rows.tsx';
import { sayFailed } from '../../ui/say.ts';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import { firstOf, folderNamesOf, labelsOf, sectionsOf, type Section } from './automation-list.ts';
import { AutomationRow } from './automation-row.tsx';
import styles from './automations.module.css';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar, filterOf } from './filter-bar.tsx';
import { newAutomationId } from './new-automation.ts';
import { UsesDialog } from './uses-dialog.tsx';
import { useSelection } from './use-selection.ts';

const ImportDialog = lazy(async () => ({ default: (await import('./import/import-dialog.tsx')).ImportDialog }));

const Gallery = lazy(() => import('./gallery/gallery.tsx'));

const route = getRouteApi('/inside/automations');
/** In the address: the gallery is open, and no template is chosen yet. */
const allTemplates = 'all';

/** So many rows are drawn at first, and with each look further down. */
const stretch = 100;

function NewButtons() {
  const navigate = useNavigate();
  return (
    <Group gap="xs" justify="center">
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} />}
        onClick={() => void navigate({ to: '/automations', search: (before) => ({ ...before, import: 'file' }) })}
      >
        Import
      </Button>
      <Button
        variant="default"
        leftSection={<IconLayoutGrid size={16} />}
        onClick={() =>
          void navigate({ to: '/automations', search: (before) => ({ ...before, template: allTemplates }) })
        }
      >
        Templates
      </Button>
      <Button
        leftSection={<IconPlus size={16} />}
        onClick={() => void navigate({ to: '/automations/$id', params: { id: newAutomationId() } })}
      >
        New automation
      </Button>
    </Group>
  );
}

const headings: Record<Section['kind'], string> = { favourites: 'Favourites', folder: '', rest: 'In no folder' };

/** Tells when the end of what is drawn comes into view. */
function More({ onSeen }: { onSeen: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = mark;
    if (!current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), { rootMargin: '600px' });
    watch.observe(current);
    return () => watch.disconnect();
  }, [onSeen]);
  return <div ref={mark} className={styles.more} aria-hidden="true" />;
}

/** Changes the star at once, and back if the server does not. */
const useStar = (): ((automation: AutomationSummary) => void) => {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ id, starred }: AutomationSummary) => {
      const path = `/api/automations/${encodeURIComponent(id)}/star`;
      return starred ? api.delete<unknown>(path) : api.put<unknown>(path, {});
    },
    onMutate: ({ id, starred }) =>
      client.setQueryData(automationsQuery.queryKey, (before) =>
        before?.map((one) => (one.id === id ? { ...one, starred: !starred } : one)),
      ),
    onError: (error, { name }) => sayFailed(`“${name}” is not changed`, error),
    onSettled: () => client.invalidateQueries({ queryKey: automationsQuery.queryKey }),
  });
  return mutate;
};

function List({ automations }: { automations: readonly AutomationSummary[] }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const [drawn, setDrawn] = useState(stretch);
  const sections = useMemo(() => sectionsOf(automations, filterOf(search)), [automations, search]);
  const found = useMemo(() => sections.flatMap((section) => section.automations), [sections]);
  const order = useMemo(() => found.map(({ id }) => id), [found]);
  const offered = useMemo(
    () => ({ folders: folderNamesOf(automations), labels: labelsOf(automations) }),
    [automations],
  );
  const star = useStar();
  const choosing = useSelection(order, (id) => {
    const automation = found.find((one) => one.id === id);
    if (automation) star(automation);
  });
  if (sections.length === 0) {
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
  return (
    <>
      {firstOf(sections, drawn).map((section) => (
        <section key={section.key} aria-label={section.name ?? headings[section.kind]}>
          {(section.kind !== 'rest' || sections.length > 1) && (
            <h2 className={styles.folder}>
              {section.kind === 'favourites' ? (
                <IconStar size={16} aria-hidden="true" />
              ) : (
                <IconFolder size={16} aria-hidden="true" />
              )}
              {section.name ?? headings[section.kind]}
            </h2>
          )}
          <ul className={`${rows.list} ${styles.list}`}>
            {section.automations.map((automation) => (
              <AutomationRow
                key={automation.id}
                automation={automation}
                offered={offered}
                showFolder={section.kind === 'favourites'}
                choosing={mayWrite ? choosing : null}
                onStar={star}
              />
            ))}
          </ul>
        </section>
      ))}
      {drawn < order.length && <More onSeen={() => setDrawn((before) => before + stretch)} />}
      {mayWrite && (
        <BulkBar automations={found.filter(({ id }) => choosing.has(id))} offered={offered} choosing={choosing} />
      )}
    </>
  );
}

/** All automations: favourites, then by folder. */
export function AutomationsScreen() {
  const query = useQuery(automationsQuery);
  const { uses, import: importing, template } = route.useSearch();
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const live = query.data?.filter((automation) => automation.status === 'live').length;
  const shown = query.data?.find(({ id }) => id === uses);
  const close = (): void =>
    void navigate({ to: '/automations', search: (before) => ({ ...before, uses: undefined, import: undefined }) });
  const lookAt = (next: string | undefined): void =>
    void navigate({ to: '/automations', search: (before) => ({ ...before, template: next }) });
  return (
    <Page
      title="Automations"
      sub={live === undefined ? undefined : `${count(live, 'automation')} live`}
      acts={mayWrite && <NewButtons />}
    >
      <QueryView query={query} loading={<LoadingRows rows={6} height={52} />}>
        {(automations) =>
          automations.length === 0 ? (
            <EmptyState
              icon={<IconSitemap size={32} stroke={1.5} aria-hidden="true" />}
              title="Draw your first automation"
              acts={mayWrite && <NewButtons />}
            >
              An automation watches for something a contact does, then adds points, moves stages and hands leads to
              sales.
            </EmptyState>
          ) : (
            <>
              <FilterBar automations={automations} />
              <List automations={automations} />
            </>
          )
        }
      </QueryView>
      {shown && <UsesDialog id={shown.id} name={shown.name} onClose={close} />}
      {template !== undefined && template !== '' && mayWrite && (
        <Suspense>
          <Gallery
            chosen={template === allTemplates ? null : template}
            onChoose={(id) => lookAt(id ?? allTemplates)}
            onClose={() => lookAt(undefined)}
          />
        </Suspense>
      )}
      {importing !== undefined && mayWrite && (
        <Suspense>
          <ImportDialog automations={query.data ?? []} onClose={close} />
        </Suspense>
      )}
    </Page>
  );
}
