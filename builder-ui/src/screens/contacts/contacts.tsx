import { Button } from '@mantine/core';
import { IconFileImport, IconUsers, IconUserSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useRef } from 'react';
import { contactsQuery, type ContactFilters } from '../../api/contacts.ts';
import { useMay } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { totalWords } from '../../ui/total-words.ts';
import { ContactList } from './list/contact-list.tsx';
import { FilterBar } from './list/filter-bar.tsx';
import { useKeptScroll } from './list/use-kept-scroll.ts';
import { useRowKeys } from './list/use-row-keys.ts';
import { useStages } from '../../fields/use-stages.ts';

const ImportDialog = lazy(() =>
  import('./import/import-dialog.tsx').then(({ ImportDialog }) => ({ default: ImportDialog })),
);

const route = getRouteApi('/inside/contacts');

/** Everybody that events came from, to be searched, filtered and opened; and where history is imported. */
export function ContactsScreen() {
  const { import: importing, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const mayImport = useMay('imports:write');
  const stages = useStages();
  const query = useInfiniteQuery(contactsQuery(filters));
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLTableElement>(null);
  useRowKeys(list, search);
  useKeptScroll(`contacts ${JSON.stringify(filters)}`, query.isSuccess && !query.isPlaceholderData);

  const filtered = Boolean(
    filters.q ?? filters.stage ?? filters.label ?? filters.segment ?? filters.band ?? filters.lead,
  );
  const change = (part: ContactFilters): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const showImport = (shown: boolean): void =>
    void navigate({ search: (before) => ({ ...before, import: shown ? 'file' : undefined }) });
  const total = query.data?.pages[0]?.total;
  const contacts = query.data?.pages.flatMap(({ items }) => items) ?? [];

  return (
    <Page
      title="Contacts"
      sub={total ? `${totalWords(total, 'contact')}${filtered ? ' found' : ''}` : undefined}
      acts={
        mayImport && (
          <Button leftSection={<IconFileImport size={16} />} onClick={() => showImport(true)}>
            Import
          </Button>
        )
      }
    >
      <FilterBar filters={filters} stages={stages} search={search} busy={query.isPlaceholderData} onChange={change} />
      <QueryView query={query} loading={<LoadingRows rows={12} height={52} />}>
        {() =>
          contacts.length > 0 || query.hasNextPage ? (
            <ContactList contacts={contacts} stages={stages} page={query} stale={query.isPlaceholderData} list={list} />
          ) : filtered ? (
            <EmptyState
              icon={<IconUserSearch size={36} stroke={1.4} />}
              title="No contact is like that"
              acts={
                <Button
                  variant="default"
                  onClick={() =>
                    change({
                      ...{ q: undefined, stage: undefined, label: undefined },
                      ...{ segment: undefined, band: undefined, lead: undefined },
                    })
                  }
                >
                  Clear search and filters
                </Button>
              }
            >
              Nobody matches {filters.q ? <>“{filters.q}” with these filters</> : 'these filters'}. Words are compared
              with the beginnings of names, e-mail addresses, companies and user ids.
            </EmptyState>
          ) : (
            <EmptyState
              icon={<IconUsers size={36} stroke={1.4} />}
              title="Nobody is here yet"
              acts={
                mayImport && (
                  <Button leftSection={<IconFileImport size={16} />} onClick={() => showImport(true)}>
                    Import a file
                  </Button>
                )
              }
            >
              Contacts appear by themselves when events name them. Point a Segment or RudderStack SDK, or any program
              that can send JSON, at this address with a write key from Settings; or import a CSV file of contacts or
              events.
            </EmptyState>
          )
        }
      </QueryView>
      {importing !== undefined && mayImport && (
        <Suspense>
          <ImportDialog onClose={() => showImport(false)} />
        </Suspense>
      )}
    </Page>
  );
}
