import { Button, SegmentedControl } from '@mantine/core';
import { IconFlame } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { leadCountsQuery } from '../../api/insight.ts';
import { leadsQuery, type LeadStatus } from '../../api/leads.ts';
import { useCommands } from '../../app/commands.ts';
import { useStages } from '../../fields/use-stages.ts';
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx';
import { number } from '../../ui/words.ts';
import { LeadItem } from './lead-item.tsx';
import { LeadPane } from './lead-pane.tsx';
import styles from './queue.module.css';

const route = getRouteApi('/inside/queue');

const tabs: readonly { status: LeadStatus; label: string }[] = [
  { status: 'open', label: 'Open' },
  { status: 'accepted', label: 'Accepted' },
  { status: 'won', label: 'Won' },
  { status: 'lost', label: 'Lost' },
  { status: 'rejected', label: 'Rejected' },
];

/** Leads for sales: hottest first, each with why it is here; answered by mouse or keyboard. */
export function QueueScreen() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const status = tabs.find((tab) => tab.status === search.status)?.status ?? 'open';
  const own = useQuery(leadCountsQuery(true));
  // Who is no rep has no leads of their own: they see everybody's unless they ask otherwise.
  const mine = search.of ? search.of === 'me' : (own.data?.reps.length ?? 0) > 0;
  const { ripe } = useStages();
  const counts = useQuery({ ...leadCountsQuery(mine), enabled: own.isFetched });
  const query = useInfiniteQuery({ ...leadsQuery({ mine, status }), enabled: own.isFetched });
  const leads = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const ids = useMemo(() => leads.map(({ id }) => id), [leads]);

  const choose = (lead: string | undefined): void =>
    void navigate({ to: '/queue', search: (before) => ({ ...before, lead }), replace: true });
  const wide = window.matchMedia('(min-width: 701px)').matches;
  const first = ids[0];
  // A wide screen has room for a lead from the start.
  useEffect(() => {
    if (wide && !search.lead && first) choose(first);
  });
  const step = (by: number): void => {
    const at = search.lead ? ids.indexOf(search.lead) : -1;
    const next = ids[Math.max(0, Math.min(ids.length - 1, at + by))];
    if (next) choose(next);
  };
  useCommands({ j: () => step(1), k: () => step(-1) });

  /** After an answer the next lead is there at once. */
  const onAnswered = (id: string): void => {
    const at = ids.indexOf(id);
    const next = ids[at + 1] ?? ids[at - 1];
    choose(wide ? next : undefined);
  };

  useEffect(() => {
    document.title = 'My queue · Ripen';
  }, []);

  return (
    <div className={styles.frame} data-chosen={search.lead ? true : undefined}>
      <section className={styles.side} aria-label="Leads">
        <header className={styles.head}>
          <div className={styles.titleRow}>
            <h1 className={styles.title}>{mine ? 'My queue' : 'All leads'}</h1>
            <SegmentedControl
              size="xs"
              aria-label="Whose leads"
              data={[
                { value: 'me', label: 'Mine' },
                { value: 'all', label: 'All' },
              ]}
              value={mine ? 'me' : 'all'}
              onChange={(of) => void navigate({ to: '/queue', search: { ...search, of, lead: undefined } })}
            />
          </div>
          <nav className={styles.tabs} aria-label="Status">
            {tabs.map((tab) => (
              <Link
                key={tab.status}
                to="/queue"
                search={{ ...search, status: tab.status === 'open' ? undefined : tab.status, lead: undefined }}
                className={styles.tab}
                aria-current={tab.status === status ? 'page' : undefined}
                // An address that says less than this one is another list.
                activeOptions={{ exact: true }}
                activeProps={{}}
              >
                {tab.label} {counts.data && number(counts.data.counts[tab.status])}
              </Link>
            ))}
          </nav>
        </header>
        {query.isError && query.data === undefined ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <LoadingRows rows={6} height={60} />
        ) : leads.length === 0 ? (
          <EmptyState
            icon={<IconFlame size={32} stroke={1.5} aria-hidden="true" />}
            title={status === 'open' ? 'No lead waits' : 'Nothing here yet'}
          >
            {status === 'open'
              ? 'A lead appears here by itself as soon as an automation hands one over.'
              : 'Leads come here as they are answered.'}
          </EmptyState>
        ) : (
          <ul className={styles.list}>
            {leads.map((lead) => (
              <li key={lead.id}>
                <LeadItem lead={lead} ripe={ripe} chosen={lead.id === search.lead} />
              </li>
            ))}
            {query.hasNextPage && (
              <li style={{ padding: 16, textAlign: 'center' }}>
                <Button
                  variant="default"
                  size="xs"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  Show more
                </Button>
              </li>
            )}
          </ul>
        )}
      </section>
      <section className={styles.lead} aria-label="Lead">
        {/* A phone shows the lead alone: the list's title is not there then. */}
        <h1 className={`heard ${styles.onPhone}`}>Lead</h1>
        {search.lead && (
          <LeadPane key={search.lead} id={search.lead} onAnswered={onAnswered} onBack={() => choose(undefined)} />
        )}
      </section>
    </div>
  );
}
