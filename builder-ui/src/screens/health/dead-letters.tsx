import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { deadLettersQuery, discardDeadLetter, retryDeadLetter, type DeadLetter } from '../../api/operations.ts';
import { useMay } from '../../app/signed-in.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { Sure } from '../../ui/sure.tsx';
import styles from './health.module.css';

/** Events that could not be applied, each with its reason. Nothing is shown while there are none. */
export function DeadLetters() {
  const query = useInfiniteQuery(deadLettersQuery);
  const letters = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (letters.length === 0) return null;
  return (
    <section className={styles.section} aria-label="Events that could not be applied">
      <h2 className={styles.heading}>Events that could not be applied</h2>
      <ul className={styles.rows}>
        {letters.map((letter) => (
          <Letter key={letter.id} letter={letter} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
}

function Letter({ letter }: { letter: DeadLetter }) {
  const client = useQueryClient();
  const mayChange = useMay('operations:write');
  const [shown, setShown] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const act = useMutation({
    mutationFn: (what: 'retry' | 'discard') =>
      what === 'retry' ? retryDeadLetter(letter.id) : discardDeadLetter(letter.id),
    onSuccess: (_, what) => {
      setDiscarding(false);
      sayDone(what === 'retry' ? 'It is tried again.' : 'It is discarded.');
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onError: (error) => sayFailed('That did not work', error),
  });
  return (
    <li className={styles.row}>
      <div className={styles.rowMain}>
        <div className={styles.bad}>{letter.error}</div>
        <div className={styles.soft}>
          <Link to="/contacts/$id" params={{ id: letter.contactId }}>
            Contact
          </Link>
          {' · '}
          <RelativeTime at={letter.createdAt} />
          {letter.messageId && ` · ${letter.messageId}`}
        </div>
        {shown && (
          <pre className={styles.json} tabIndex={0} aria-label="The event">
            {JSON.stringify(letter.body, null, 2)}
          </pre>
        )}
      </div>
      <Button variant="subtle" color="gray" size="xs" onClick={() => setShown(!shown)} aria-expanded={shown}>
        {shown ? 'Hide' : 'Show'}
      </Button>
      {mayChange && (
        <>
          <Button variant="default" size="xs" onClick={() => setDiscarding(true)}>
            Discard
          </Button>
          <Button variant="default" size="xs" loading={act.isPending} onClick={() => act.mutate('retry')}>
            Retry
          </Button>
        </>
      )}
      <Sure
        opened={discarding}
        title="Discard this event"
        act="Discard"
        danger
        busy={act.isPending}
        onClose={() => setDiscarding(false)}
        onAct={() => act.mutate('discard')}
      >
        It will never count. This cannot be taken back.
      </Sure>
    </li>
  );
}
