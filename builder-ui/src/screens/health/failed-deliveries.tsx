import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { failedDeliveriesQuery, retryDelivery, type Delivery } from '../../api/operations.ts';
import { useMay } from '../../app/signed-in.ts';
import { useNames } from '../../fields/index.ts';
import { nameIn } from '../../fields/names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { count } from '../../ui/words.ts';
import styles from './health.module.css';

/** What the outside did not take, each with what it said. Nothing is shown while there is none. */
export function FailedDeliveries() {
  const query = useInfiniteQuery(failedDeliveriesQuery);
  const deliveries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (deliveries.length === 0) return null;
  return (
    <section className={styles.section} aria-label="Messages that were not taken">
      <h2 className={styles.heading}>Messages that were not taken</h2>
      <ul className={styles.rows}>
        {deliveries.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} />
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

function Row({ delivery }: { delivery: Delivery }) {
  const client = useQueryClient();
  const names = useNames();
  const mayRetry = useMay('operations:write');
  const retry = useMutation({
    mutationFn: () => retryDelivery(delivery.id),
    onSuccess: () => {
      sayDone('It is sent again.');
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onError: (error) => sayFailed('It could not be sent again', error),
  });
  // What the receiver sent along may be a whole page: its first line is enough here.
  const [, said = '', body = ''] = /^(.*?)(?:: ([{[<].*))?$/s.exec(delivery.lastError ?? '') ?? [];
  return (
    <li className={styles.row}>
      <div className={styles.rowMain}>
        <strong className={styles.channel}>{nameIn(names.channels, delivery.channel)}</strong>
        <span className={styles.soft}>
          {count(delivery.attempts, 'try', 'tries')} · <RelativeTime at={delivery.at} /> ·{' '}
          <Link to="/runs" search={{ run: delivery.runId }}>
            Run
          </Link>
        </span>
        <div className={styles.bad}>{said || 'It gave no reason.'}</div>
        {body && (
          <div className={styles.body} title={body}>
            {body}
          </div>
        )}
      </div>
      {mayRetry && (
        <Button variant="default" size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
          Send again
        </Button>
      )}
    </li>
  );
}
