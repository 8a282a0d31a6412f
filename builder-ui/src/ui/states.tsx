import { Button, Skeleton, Stack } from '@mantine/core';
import { IconCloudOff, IconMoodPuzzled } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem, sentenceOf } from '../api/client.ts';
import styles from './states.module.css';

/** Nothing here yet: what it is for and what to do. */
export function EmptyState(given: { icon?: ReactNode; title: string; children?: ReactNode; acts?: ReactNode }) {
  return (
    <div className={styles.empty}>
      {given.icon}
      <h2 className={styles.title}>{given.title}</h2>
      {given.children && <p className={styles.text}>{given.children}</p>}
      {given.acts && <div className={styles.acts}>{given.acts}</div>}
    </div>
  );
}

/** What went wrong, and a way to go on. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const offline = error instanceof ApiProblem && error.code === 'offline';
  const Icon = offline ? IconCloudOff : IconMoodPuzzled;
  return (
    <div className={styles.empty} role="alert">
      <Icon size={32} stroke={1.5} aria-hidden="true" />
      <h2 className={styles.title}>{offline ? 'No connection' : 'This could not be shown'}</h2>
      <p className={styles.text}>{sentenceOf(error)}</p>
      {onRetry && (
        <div className={styles.acts}>
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}

/** As many grey lines as the content will have, so that nothing jumps. */
export function LoadingRows({ rows = 8, height = 40 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={8} p="md" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height - 8} radius="sm" />
      ))}
    </Stack>
  );
}

/** Shows a query in whatever state it is: loading, failed, or its data. Data stays on screen while it is asked for again. */
export function QueryView<Data>(given: {
  query: UseQueryResult<Data>;
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const { query } = given;
  if (query.data !== undefined) return <>{given.children(query.data)}</>;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <>{given.loading ?? <LoadingRows />}</>;
}
