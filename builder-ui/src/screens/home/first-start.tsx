import { Button, Progress } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { giveUpSample, loadSample, sampleQuery, type Job } from '../../api/sample.ts';
import { sayFailed } from '../../ui/say.ts';
import { number } from '../../ui/words.ts';
import styles from './home.module.css';
import { NextSteps } from './next-steps.tsx';

/** An empty workspace: a sample to look around in, or one's own things. */
export function FirstStart({ job, unfinished }: { job: Job | null; unfinished: boolean }) {
  const client = useQueryClient();
  const load = useMutation({
    mutationFn: loadSample,
    onSuccess: () => client.invalidateQueries({ queryKey: sampleQuery.queryKey }),
    onError: (error) => sayFailed('The sample workspace could not be loaded', error),
  });
  return (
    <div className={styles.offer}>
      <div className={styles.ripening} aria-hidden="true" />
      {job?.status === 'running' ? (
        <Loading job={job} />
      ) : job && unfinished ? (
        <Unfinished job={job} />
      ) : (
        <>
          <h2 className={styles.offerTitle}>Look around with a sample workspace</h2>
          <p className={styles.offerText}>
            Ten thousand made-up contacts with half a year of events, five automations at work and leads in every state.
            It takes a minute or two, and every screen has something to show.
          </p>
          {job?.status === 'failed' && (
            <p className={styles.offerText} role="alert">
              The last load stopped: {job.error ?? 'no reason was given'}. It can be started again.
            </p>
          )}
          <div className={styles.offerActs}>
            <Button onClick={() => load.mutate()} loading={load.isPending}>
              Load the sample workspace
            </Button>
          </div>
        </>
      )}
      <NextSteps title="Or begin with your own" />
    </div>
  );
}

/** Some of the sample is there: time stands still for it until the rest came, or will not come. */
function Unfinished({ job }: { job: Job }) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: sampleQuery.queryKey });
  const load = useMutation({
    mutationFn: loadSample,
    onSuccess,
    onError: (error) => sayFailed('The rest of the sample workspace could not be loaded', error),
  });
  const keep = useMutation({
    mutationFn: giveUpSample,
    onSuccess,
    onError: (error) => sayFailed('The load could not be ended', error),
  });
  return (
    <>
      <h2 className={styles.offerTitle}>Part of the sample workspace is loaded</h2>
      <p className={styles.offerText} role={job.status === 'failed' ? 'alert' : undefined}>
        {[
          job.status === 'failed'
            ? `The load stopped: ${job.error ?? 'no reason was given'}.`
            : 'The load was stopped.',
          ...(job.total ? [`${number(job.done)} of ${number(job.total)} steps are done.`] : []),
          'Time stands still for these contacts until you decide.',
        ].join(' ')}
      </p>
      <div className={styles.offerActs}>
        <Button onClick={() => load.mutate()} loading={load.isPending} disabled={keep.isPending}>
          Load the rest
        </Button>
        <Button variant="default" onClick={() => keep.mutate()} loading={keep.isPending} disabled={load.isPending}>
          Keep it as it is
        </Button>
      </div>
    </>
  );
}

function Loading({ job }: { job: Job }) {
  const share = job.total ? Math.min(100, (job.done / job.total) * 100) : 0;
  return (
    <>
      <h2 className={styles.offerTitle}>The sample workspace is being loaded</h2>
      <p className={styles.offerText} aria-live="polite">
        {job.total
          ? `${number(job.done)} of ${number(job.total)} steps. You can look around meanwhile.`
          : 'It has just begun.'}
      </p>
      <Progress value={share} animated mb={40} aria-label="Loaded" />
    </>
  );
}
