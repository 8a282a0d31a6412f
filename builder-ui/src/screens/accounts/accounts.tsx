import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconBuilding, IconFileImport, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { accountModelsQuery, accountsQuery, type AccountFilters } from '../../api/accounts.ts';
import { useMay } from '../../app/signed-in.ts';
import { FilterWord } from '../../ui/filter-word.tsx';
import { Page } from '../../ui/page.tsx';
import { rows } from '../../ui/rows.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { totalWords } from '../../ui/total-words.ts';
import { AccountRow } from './account-row.tsx';
import listBar from '../../ui/list-bar.module.css';
import styles from './accounts.module.css';

const ImportDialog = lazy(() =>
  import('../contacts/import/import-dialog.tsx').then(({ ImportDialog }) => ({ default: ImportDialog })),
);

const route = getRouteApi('/inside/accounts');
const typingMs = 250;

/** All organisations that contacts belong to, with what their contacts' scores make of them. */
export function AccountsScreen() {
  const { import: importing, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('definitions:write');
  const mayImport = useMay('imports:write');
  const models = useQuery(accountModelsQuery).data ?? [];
  const model = models.find(({ id }) => id === filters.model) ?? models[0];
  const query = useInfiniteQuery(accountsQuery(filters));
  const [typed, setTyped] = useState(filters.q ?? '');
  const change = (part: AccountFilters): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const say = useDebouncedCallback((q: string) => change({ q: q || undefined }), typingMs);
  const showImport = (shown: boolean): void =>
    void navigate({ search: (before) => ({ ...before, import: shown ? 'file' : undefined }) });
  const total = query.data?.pages[0]?.total;
  const accounts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const filtered = Boolean(filters.q ?? filters.band);
  return (
    <Page
      title="Accounts"
      sub={total ? totalWords(total, 'account') : undefined}
      acts={
        mayImport && (
          <Button leftSection={<IconFileImport size={16} />} onClick={() => showImport(true)}>
            Import
          </Button>
        )
      }
    >
      <div className={listBar.bar}>
        <TextInput
          className={listBar.search}
          type="search"
          role="searchbox"
          aria-label="Search accounts"
          placeholder="Name, industry or another field"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            say(event.currentTarget.value.trim());
          }}
        />
        <div className={listBar.sentence} role="group" aria-label="Filters">
          <span>Accounts</span>
          {models.length > 1 && (
            <FilterWord
              name="Score model"
              value={filters.model ?? ''}
              onChange={(id) => change({ model: id || undefined, band: undefined })}
              options={models.map(({ id, name }, index) => ({ value: index === 0 ? '' : id, label: `by “${name}”` }))}
            />
          )}
          {(model?.bands ?? []).length > 0 && (
            <FilterWord
              name="Band"
              value={filters.band ?? ''}
              onChange={(band) => change({ band: band || undefined })}
              options={[
                { value: '', label: 'in any band' },
                ...(model?.bands ?? []).map(({ id, name }) => ({ value: id, label: `in the band “${name}”` })),
              ]}
            />
          )}
          <FilterWord
            name="Order"
            value={filters.sort ?? ''}
            onChange={(sort) => change({ sort: sort || undefined })}
            options={[
              { value: '', label: 'newest first' },
              ...(models.length > 0 ? [{ value: 'score', label: 'highest score first' }] : []),
              { value: 'contacts', label: 'most contacts first' },
              { value: 'name', label: 'by name' },
            ]}
          />
        </div>
      </div>
      <QueryView query={query} loading={<LoadingRows rows={10} height={56} />}>
        {() =>
          accounts.length > 0 ? (
            <>
              <ul className={rows.list} aria-busy={query.isPlaceholderData}>
                {accounts.map((account) => (
                  <AccountRow key={account.id} account={account} model={model} />
                ))}
              </ul>
              {query.hasNextPage && (
                <div className={styles.more}>
                  <Button
                    variant="default"
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Show more
                  </Button>
                </div>
              )}
            </>
          ) : filtered ? (
            <EmptyState
              icon={<IconBuilding size={32} stroke={1.5} aria-hidden="true" />}
              title="No account is like that"
              acts={
                <Button
                  variant="default"
                  onClick={() => {
                    setTyped('');
                    change({ q: undefined, band: undefined });
                  }}
                >
                  Clear search and filters
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={<IconBuilding size={32} stroke={1.5} aria-hidden="true" />}
              title="No accounts yet"
              acts={mayWrite && <Link to="/models">Score models for accounts</Link>}
            >
              Accounts appear when contacts say where they belong: by a group call of a Segment or RudderStack SDK, or
              by a field called company, account.name or account.id, as an imported file may have.
            </EmptyState>
          )
        }
      </QueryView>
      {importing !== undefined && mayImport && (
        <Suspense>
          <ImportDialog of="accounts" onClose={() => showImport(false)} />
        </Suspense>
      )}
    </Page>
  );
}
