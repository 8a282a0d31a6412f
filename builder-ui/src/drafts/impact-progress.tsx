import { Button, Group, Progress, Text } from '@mantine/core';
import { lookedInWords, type Looked } from './impact-words.ts';
import type { Measured } from './use-impact.ts';

/** How far the measuring is, or why it is not; of whom it tells, and the way to all of them. */
export function ImpactProgress({
  measured: { job, measuring, failure, lookAtAll },
  looked,
}: {
  measured: Measured;
  /** Who was looked at; empty while nobody was. */
  looked: readonly Looked[];
}) {
  if (measuring)
    return (
      <div>
        <Progress value={job?.total ? (100 * job.done) / job.total : 0} aria-label="How far it is measured" />
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
  if (looked.length === 0) return null;
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {lookedInWords(looked)}
      </Text>
      {looked.some((each) => each.looked < each.of) && (
        <Button variant="subtle" size="compact-xs" onClick={lookAtAll}>
          Look at all of them
        </Button>
      )}
    </Group>
  );
}
