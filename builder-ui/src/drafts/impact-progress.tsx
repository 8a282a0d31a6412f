import { Button, Group, Progress, Text } from '@mantine/core';
import { count, number } from '../ui/words.ts';
import type { Measured } from './use-impact.ts';

/** How far the measuring is, or why it is not; of whom it tells, and the way to all of them. */
export function ImpactProgress({
  measured: { job, measuring, failure, lookAtAll },
  looked,
  of,
  whom,
}: {
  measured: Measured;
  /** Looked at, of so many; absent while nobody was. */
  looked?: number;
  of?: number;
  whom: 'contact' | 'account';
}) {
  if (measuring)
    return (
      <div>
        <Progress value={job?.total ? (100 * job.done) / job.total : 0} aria-label={`${capital(whom)}s looked at`} />
        <Text size="xs" c="dimmed" mt={4}>
          Looking at what it changes…
        </Text>
      </div>
    );
  if (failure !== null)
    return (
      <Text size="sm" c="tomato">
        What it changes could not be measured. {failure}
      </Text>
    );
  if (looked === undefined || of === undefined) return null;
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {looked < of
          ? `By ${number(looked)} of ${number(of)} ${whom}s, taken at random.`
          : `By all ${count(of, whom)}.`}
      </Text>
      {looked < of && (
        <Button variant="subtle" size="compact-xs" onClick={lookAtAll}>
          Look at all of them
        </Button>
      )}
    </Group>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
