import { Button, Group, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { refusalsCsvPath, refusalsQuery, type HistoricalLoad, type Refusal } from '../../../api/imports.ts';
import { ErrorState, LoadingRows } from '../../../ui/states.tsx';
import { count, number } from '../../../ui/words.ts';
import styles from './refused-rows.module.css';

/** The rows of a load that were refused: each with its reason, all of them as a file. Closed while there is no load. */
export function RefusedRows({ load, onClose }: { load: HistoricalLoad | null; onClose: () => void }) {
  const narrow = useMediaQuery('(max-width: 700px)');
  return (
    <Modal
      opened={load !== null}
      onClose={onClose}
      title={load && `${count(load.refused, 'row')} of ${load.name} refused`}
      size={760}
      fullScreen={narrow ?? false}
      styles={{ title: { fontSize: 16, fontWeight: 600, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {load && <Rows load={load} />}
    </Modal>
  );
}

function Rows({ load }: { load: HistoricalLoad }) {
  const query = useInfiniteQuery(refusalsQuery(load.id));
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <LoadingRows rows={5} />;
  const rows = query.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <p className={styles.about}>
        Mend these rows in a file of their own and import that: what went in stays as it is.
      </p>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <Row key={`${row.file} ${row.line} ${row.reason}`} row={row} />
        ))}
      </ul>
      <Group justify="space-between" mt="md">
        <Button
          component="a"
          href={refusalsCsvPath(load.id)}
          download={`${load.name.replace(/\.[^.]*$/, '')}-refused.csv`}
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          Download them with reasons
        </Button>
        {query.hasNextPage && (
          <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </Group>
    </>
  );
}

function Row({ row }: { row: Refusal }) {
  return (
    <li>
      <span className={styles.line}>Line {number(row.line)}</span>
      <span>{row.reason}</span>
      <code className={styles.original}>{row.original}</code>
    </li>
  );
}
