import { Drawer } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { maintenanceRunsQuery, type ListedProgram } from '../../api/maintenance.ts';
import { EarlierRounds } from '../../rounds/earlier-rounds.tsx';
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
      <EarlierRounds query={query} words={runWords} more="Show older runs">
        What its runs come to is kept here.
      </EarlierRounds>
    </Drawer>
  );
}
