import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { cancelJob, resumeJob } from '../api/change.ts';
import { useMay } from '../app/signed-in.ts';
import { StatusMark } from '../ui/marks.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { sayFailed } from '../ui/say.ts';
import styles from './rounds.module.css';
import { canGoOn, progressWords, runLook, type AnyRound } from './words.ts';

/** A round: how far it is while it goes, what it came to (`words`) after it; it can be stopped, and go on. */
export function RoundState({ run, words }: { run: AnyRound; words: ReactNode }) {
  const mayWrite = useMay('definitions:write');
  const stop = useMutation({ mutationFn: cancelJob, onError: (error) => sayFailed('It goes on', error) });
  const goOn = useMutation({ mutationFn: resumeJob, onError: (error) => sayFailed('It stands still', error) });
  const { word, tone } = runLook(run);
  const running = run.status === 'running';
  const unfinished = running || canGoOn(run);
  return (
    <div className={styles.run}>
      <div className={styles.runHead}>
        <StatusMark tone={tone}>{word}</StatusMark>
        <span className={styles.quiet}>
          <RelativeTime at={run.createdAt} />, {run.by === null ? 'on schedule' : `by ${run.by}`}
        </span>
      </div>
      {running && (
        <Progress
          value={run.total ? (100 * run.done) / Math.max(run.done, run.total) : 0}
          aria-label="Contacts looked at"
        />
      )}
      <div className={styles.runFoot} role={running ? 'status' : undefined}>
        <span>
          {unfinished && `${progressWords(run)}. `}
          {words}
        </span>
        {mayWrite && unfinished && (
          <Button
            variant="subtle"
            size="compact-xs"
            loading={stop.isPending || goOn.isPending}
            onClick={() => (running ? stop : goOn).mutate(run.id)}
          >
            {running ? 'Stop' : 'Go on'}
          </Button>
        )}
      </div>
    </div>
  );
}
