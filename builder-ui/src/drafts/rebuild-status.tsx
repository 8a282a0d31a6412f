import { Button, Progress, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { cancelJob, rebuildQuery, resumeJob } from '../api/change.ts';
import { sayDone, sayFailed } from '../ui/say.ts';
import { number } from '../ui/words.ts';
import styles from './drafts.module.css';

/** A rebuild from history that is under way, or was stopped before its end. Nothing where there is none. */
export function RebuildStatus({ enabled }: { enabled: boolean }) {
  const { data } = useQuery({ ...rebuildQuery, enabled });
  const cancel = useMutation({ mutationFn: cancelJob, onError: (error) => sayFailed('The rebuild goes on', error) });
  const resume = useMutation({
    mutationFn: resumeJob,
    onError: (error) => sayFailed('The rebuild stands still', error),
  });
  const job = data?.job;
  const wasRunning = useRef(false);
  const status = job?.status;
  useEffect(() => {
    if (wasRunning.current && status === 'completed') sayDone('Scores are rebuilt from history.');
    wasRunning.current = status === 'running';
  }, [status]);
  if (!job || job.status === 'completed') return null;
  const running = job.status === 'running';
  return (
    <div className={styles.notice} data-tone={running ? undefined : 'warn'} role="status">
      <div className={styles.words}>
        <Text size="sm">
          {running ? 'Scores are being rebuilt from history' : 'A rebuild from history did not come to its end'}:{' '}
          {number(job.done)} of {number(job.total ?? 0)} contacts.
          {job.status === 'failed' && ` ${job.error ?? ''}`}
        </Text>
        {running && (
          <Progress mt={6} value={job.total ? (100 * job.done) / job.total : 0} aria-label="Contacts rebuilt" />
        )}
      </div>
      {running ? (
        <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          Stop
        </Button>
      ) : (
        <Button variant="default" size="xs" loading={resume.isPending} onClick={() => resume.mutate(job.id)}>
          Go on
        </Button>
      )}
    </div>
  );
}
