import { Button, Drawer, Tabs, TextInput } from '@mantine/core';
import { IconBook, IconListSearch, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Catalogue } from '@ripen/shared';
import { useState } from 'react';
import { catalogueQuery } from '../../api/catalogue.ts';
import { useMay } from '../../app/signed-in.ts';
import { FilterWord } from '../../ui/filter-word.tsx';
import { Page } from '../../ui/page.tsx';
import { useNow } from '../../ui/relative-time.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import listBar from '../../ui/list-bar.module.css';
import styles from './catalogue.module.css';
import { EventTypePanel } from './event-type-panel.tsx';
import { FieldPanel } from './field-panel.tsx';
import { LabelPanel } from './label-panel.tsx';
import { NewThing } from './new-thing.tsx';
import { ThingTable } from './thing-table.tsx';
import { found, shows, tabs, thingsOf, type Show, type Tab } from './things.ts';

const route = getRouteApi('/inside/catalogue');
/** What arrives for the first time is here as soon as somebody looks. */
const refreshMs = 5_000;

const showWords: Readonly<Record<Show, string>> = {
  new: 'that nobody described yet',
  unused: 'that nothing uses',
  silent: 'that did not come in 90 days',
  deleted: 'that were deleted',
};
const tabWords: Readonly<Record<Tab, string>> = { fields: 'Fields', events: 'Event types', labels: 'Labels' };

/** What contacts and events bring, and what is known of it: fields, event types, labels. */
export function CatalogueScreen() {
  const query = useQuery({ ...catalogueQuery, staleTime: 0, refetchInterval: refreshMs });
  const fresh = query.data?.fields.filter(({ name, lastSeenAt }) => name === null && lastSeenAt !== null).length;
  return (
    <Page
      title="Catalogue"
      sub={
        fresh === undefined
          ? undefined
          : fresh === 0
            ? 'Everything is described'
            : `${count(fresh, 'field')} not described yet`
      }
    >
      <QueryView query={query} loading={<LoadingRows rows={10} height={44} />}>
        {(catalogue) => <Things catalogue={catalogue} />}
      </QueryView>
    </Page>
  );
}

function Things({ catalogue }: { catalogue: Catalogue }) {
  const { tab: asked, q = '', show: askedShow, item } = route.useSearch();
  const navigate = route.useNavigate();
  const now = useNow();
  const tab = tabs.find((one) => one === asked) ?? 'fields';
  const show = shows.find((one) => one === askedShow) ?? null;
  const mayWrite = useMay('definitions:write');
  const [adding, setAdding] = useState(false);
  const add = mayWrite && tab !== 'labels' && (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {tab === 'fields' ? 'Add field' : 'Add event type'}
    </Button>
  );
  const things = thingsOf(catalogue, tab);
  const shown = found(things, { q, show, now });
  const change = (search: { q?: string; show?: string; item?: string | undefined }, replace = true): void =>
    void navigate({ search: (before) => ({ ...before, ...search }), replace });
  const options =
    tab === 'labels'
      ? shows.filter((one) => one === 'unused' || one === 'silent')
      : tab === 'events'
        ? shows.filter((one) => one !== 'deleted')
        : shows;
  return (
    <>
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: (before) => ({ q: before.q, tab: next ?? '' }), replace: true })}
      >
        <Tabs.List className={styles.tabs}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {tabWords[one]} <span className={styles.count}>{thingsOf(catalogue, one).length}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <div className={listBar.bar}>
            <TextInput
              className={listBar.search}
              aria-label="Search the catalogue"
              placeholder="Name, id or description"
              leftSection={<IconSearch size={16} />}
              value={q}
              onChange={(event) => change({ q: event.currentTarget.value })}
            />
            <div className={listBar.sentence}>
              <span>{tabWords[tab]}</span>
              <FilterWord
                name="Only those"
                value={show ?? ''}
                onChange={(next) => change({ show: next })}
                options={[
                  { value: '', label: 'of every kind' },
                  ...options.map((value) => ({ value, label: showWords[value] })),
                ]}
              />
            </div>
            {things.length > 0 && add && <div className={styles.add}>{add}</div>}
          </div>
          {shown.length > 0 ? (
            <ThingTable things={shown} label={tabWords[tab]} onOpen={(id) => change({ item: id }, false)} />
          ) : things.length > 0 ? (
            <EmptyState
              icon={<IconListSearch size={32} stroke={1.5} aria-hidden="true" />}
              title="Nothing is like that"
              acts={
                <Button variant="default" onClick={() => change({ q: '', show: '' })}>
                  Show all
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={<IconBook size={32} stroke={1.5} aria-hidden="true" />}
              title="Nothing has come yet"
              acts={add}
            >
              {tab === 'labels'
                ? 'Labels are listed here as soon as an automation or a program gives one.'
                : 'What events bring is listed here as it arrives, to be named and described.'}
            </EmptyState>
          )}
        </Tabs.Panel>
      </Tabs>
      <Panel catalogue={catalogue} tab={tab} id={item} onClose={() => change({ item: undefined }, false)} />
      {adding && tab !== 'labels' && (
        <NewThing
          tab={tab}
          catalogue={catalogue}
          onClose={() => setAdding(false)}
          onMade={(id) => {
            setAdding(false);
            change({ q: '', show: '', item: id }, false);
          }}
        />
      )}
    </>
  );
}

/** One of them, beside the list. */
function Panel({
  catalogue,
  tab,
  id,
  onClose,
}: {
  catalogue: Catalogue;
  tab: Tab;
  id: string | undefined;
  onClose: () => void;
}) {
  const field = tab === 'fields' ? catalogue.fields.find(({ path }) => path === id) : undefined;
  const type = tab === 'events' ? catalogue.eventTypes.find((one) => one.id === id) : undefined;
  const label = tab === 'labels' ? catalogue.labels.find((one) => one.label === id) : undefined;
  const title = thingsOf(catalogue, tab).find((thing) => thing.id === id)?.name;
  return (
    <Drawer opened={title !== undefined} onClose={onClose} position="right" size={460} title={title}>
      {field && <FieldPanel key={field.path} field={field} />}
      {type && <EventTypePanel key={type.id} type={type} />}
      {label && <LabelPanel label={label} />}
    </Drawer>
  );
}
