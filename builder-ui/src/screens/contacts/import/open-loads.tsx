import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { cancelLoad, loadsQuery } from '../../../api/imports.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { sayDone, sayFailed } from '../../../ui/say.ts';
import { count } from '../../../ui/words.ts';
import styles from './import.module.css';

/** Loads that were begun and not closed: they hold what falls due for their contacts. */
export function OpenLoads() {
  const loads = useQuery(loadsQuery);
  const end = useMutation({
    mutationFn: cancelLoad,
    onSuccess: ({ name }) => {
      sayDone(`The import of ${name} is ended; what was accepted stays.`);
      void loads.refetch();
    },
    onError: (error) => sayFailed('The import was not ended', error),
  });
  const open = (loads.data ?? []).filter(({ status }) => status === 'open');
  if (open.length === 0) return null;
  return (
    <section className={styles.open} aria-label="Not finished">
      <h3>Not finished</h3>
      <p className={styles.small}>
        Choose the same file with the same settings to go on where it stopped. Until then, what falls due for its
        contacts waits.
      </p>
      <ul>
        {open.map((load) => (
          <li key={load.id}>
            <span>
              <b>{load.name}</b>{' '}
              <span className={styles.small}>
                {count(load.received, 'event')} so far, begun <RelativeTime at={load.createdAt} />
              </span>
            </span>
            <Button
              variant="default"
              size="compact-sm"
              loading={end.isPending && end.variables === load.id}
              onClick={() => end.mutate(load.id)}
            >
              End it
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
