import { Button, Drawer } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { maintenanceRunsQuery, type ListedProgram } from '../../api/maintenance.ts';
import { RoundList } from '../../rounds/round-list.tsx';
import { EmptyState, QueryView } from '../../ui/states.tsx';
import { runWords } from './words.ts';

/** Every run of a program, newest first. */
export function RunHistory({ program, onClose }: { program: ListedProgram; onClose: () => void }) {
  const query = useInfiniteQuery({
    ...maintenanceRunsQuery(program.id),
    // One that is under way is said anew by the list.
    refetchInterval: program.lastRun?.status === 'running' ? 1_000 : false,
  });
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={`Runs of “${program.name}”`}>
      <QueryView query={query}>
        {({ pages }) => {
          const runs = pages.flatMap(({ items }) => items);
          return runs.length === 0 ? (
            <EmptyState title="It has not run yet">What its runs come to is kept here.</EmptyState>
          ) : (
            <RoundList rounds={runs} words={runWords} />
          );
        }}
      </QueryView>
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older runs
        </Button>
      )}
    </Drawer>
  );
}
