import { Button, Drawer } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { RunListItem } from '@ripen/shared';
import { useMemo } from 'react';
import { runsQuery } from '../../api/runs.ts';
import { StatusMark } from '../../ui/marks.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx';
import { totalWords } from '../../ui/total-words.ts';
import { RunFilterBar } from './run-filter.tsx';
import { RunPanel } from './run-panel.tsx';
import { runLooks, startOf } from './run-words.ts';
import styles from './runs.module.css';

const route = getRouteApi('/inside/runs');

/** What became of contacts that entered automations. */
export function RunsScreen() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { automation, version, node, status, contact, from, to, passed, passing, port, since } = search;
  const filter = useMemo(
    () => ({
      automation,
      version,
      node,
      status,
      contact,
      startedFrom: startOf(from, Date.now()),
      startedBefore: startOf(to, Date.now()),
      passed,
      passing: passed === undefined ? undefined : passing,
      port,
      ...(passed === undefined
        ? { changedFrom: startOf(since, Date.now()) }
        : { passedFrom: startOf(since, Date.now()) }),
    }),
    [automation, version, node, status, contact, from, to, passed, passing, port, since],
  );
  const query = useInfiniteQuery(runsQuery(filter));
  const runs = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = query.data?.pages[0]?.total;
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page title="Runs" sub={total && totalWords(total, 'run')}>
      <RunFilterBar />
      {query.isError && query.data === undefined ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <LoadingRows rows={12} height={44} />
      ) : runs.length === 0 && query.hasNextPage ? (
        <EmptyState
          icon={<IconListCheck size={32} stroke={1.5} aria-hidden="true" />}
          title="None among the newest"
          acts={
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Look further back
            </Button>
          }
        >
          None of the runs looked at so far matches. There are older ones.
        </EmptyState>
      ) : runs.length === 0 ? (
        <EmptyState
          icon={<IconListCheck size={32} stroke={1.5} aria-hidden="true" />}
          title={filtered ? 'No run matches' : 'Nothing has run yet'}
        >
          {filtered
            ? 'Take a part of the filter away.'
            : 'Each time a contact enters a live automation, its run appears here.'}
        </EmptyState>
      ) : (
        <>
          <div className={styles.tableWrap}>
            <table className={styles.table}>
              <colgroup>
                <col style={{ width: '19%' }} />
                <col style={{ width: '26%' }} />
                <col style={{ width: 130 }} />
                <col />
                <col style={{ width: 210 }} />
              </colgroup>
              <thead>
                <tr>
                  <th>Contact</th>
                  <th>Automation</th>
                  <th>State</th>
                  <th>Step</th>
                  <th>Started</th>
                </tr>
              </thead>
              <tbody>
                {runs.map((run) => (
                  <Row key={run.id} run={run} chosen={run.id === search.run} />
                ))}
              </tbody>
            </table>
          </div>
          {query.hasNextPage && (
            <div className={styles.more}>
              <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show more
              </Button>
            </div>
          )}
        </>
      )}
      <Drawer
        opened={search.run !== undefined}
        onClose={() => void navigate({ to: '/runs', search: (before) => ({ ...before, run: undefined }) })}
        position="right"
        size="xl"
        title="Run"
      >
        {search.run && <RunPanel id={search.run} />}
      </Drawer>
    </Page>
  );
}

function Row({ run, chosen }: { run: RunListItem; chosen: boolean }) {
  const { tone, word } = runLooks[run.status];
  return (
    <tr aria-current={chosen ? 'true' : undefined}>
      <td>
        <Link to="/runs" search={(before) => ({ ...before, run: run.id })} className={styles.open}>
          {run.contact.name}
        </Link>
      </td>
      <td className={styles.automation}>
        {run.automationName} <span className={styles.soft}>v{run.version}</span>
      </td>
      <td className={styles.state}>
        <StatusMark tone={tone}>{word}</StatusMark>
      </td>
      <td className={styles.at} data-over={run.status === 'completed' || undefined}>
        {run.nodeTitle ?? run.node ?? ''}
        {run.until && (
          <span className={styles.soft}>
            {' '}
            until <RelativeTime at={run.until} />
          </span>
        )}
        {run.error && <div className={styles.bad}>{run.error}</div>}
      </td>
      <td className={styles.started}>
        {run.backfilled && <span className={styles.history}>from history, </span>}
        <RelativeTime at={run.startedAt} />
      </td>
    </tr>
  );
}
