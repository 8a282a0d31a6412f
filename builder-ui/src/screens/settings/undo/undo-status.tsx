import { Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { cancelJob, resumeJob, voidQuery } from '../../../api/change.ts';
import { sayFailed } from '../../../ui/say.ts';
import { number } from '../../../ui/words.ts';

/** An undoing of points that is under way, or was stopped. */
export function UndoStatus() {
  const job = useQuery(voidQuery).data?.job;
  const stop = useMutation({ mutationFn: cancelJob, onError: (error) => sayFailed('It goes on', error) });
  const goOn = useMutation({ mutationFn: resumeJob, onError: (error) => sayFailed('It stands still', error) });
  if (!job || job.status === 'completed') return null;
  const running = job.status === 'running';
  return (
    <Group mb="md" role="status">
      <Text size="sm">
        {running ? 'Points are being undone' : 'The last undoing did not come to its end'}: {number(job.done)} of{' '}
        {number(job.total ?? 0)} contacts.
      </Text>
      {running && <Progress w={160} value={job.total ? (100 * job.done) / job.total : 0} aria-label="Contacts told" />}
      <Button
        variant="default"
        size="xs"
        loading={stop.isPending || goOn.isPending}
        onClick={() => (running ? stop : goOn).mutate(job.id)}
      >
        {running ? 'Stop' : 'Go on'}
      </Button>
    </Group>
  );
}
