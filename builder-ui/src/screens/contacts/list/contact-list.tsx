import { Button, Loader } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, type RefObject } from 'react';
import type { ContactListItem } from '@ripen/shared';
import type { Stages } from '../../../fields/use-stages.ts';
import { ContactRow } from './contact-row.tsx';
import styles from './list.module.css';

/** So far below the screen the next page is asked for. */
const reach = '600px';

/** The rows, and more of them as they are scrolled to. */
export function ContactList(given: {
  contacts: readonly ContactListItem[];
  stages: Stages;
  page: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage'>;
  stale: boolean;
  list: RefObject<HTMLTableElement | null>;
}) {
  const { page } = given;
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = page;
  const goesOn = hasNextPage && !isFetchingNextPage && !isFetchNextPageError && !given.stale;
  useEffect(() => {
    const element = end.current;
    if (!element || !goesOn) return undefined;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void fetchNextPage();
      },
      { root: document.getElementById('main'), rootMargin: reach },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [goesOn, fetchNextPage]);

  return (
    <>
      <table
        className={given.stale ? `${styles.table} ${styles.stale}` : styles.table}
        ref={given.list}
        aria-label="Contacts"
        aria-busy={given.stale}
      >
        <colgroup>
          <col />
          <col style={{ width: 100 }} />
          <col style={{ width: '15%' }} />
          <col style={{ width: '22%' }} />
          <col style={{ width: 130 }} className={styles.lead} />
          <col style={{ width: 150 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Contact</th>
            <th scope="col">Score</th>
            <th scope="col">Stage</th>
            <th scope="col">Company</th>
            <th scope="col" className={styles.lead}>
              Lead
            </th>
            <th scope="col" className={styles.right}>
              Last activity
            </th>
          </tr>
        </thead>
        <tbody>
          {given.contacts.map((contact) => (
            <ContactRow key={contact.id} contact={contact} stages={given.stages} />
          ))}
        </tbody>
      </table>
      <div className={styles.more} ref={end}>
        {given.contacts.length === 0 && hasNextPage && (
          <p role="status">Nobody yet among those who were looked at. There are more.</p>
        )}
        {isFetchingNextPage ? (
          <Loader size="sm" aria-label="Loading more contacts" />
        ) : hasNextPage ? (
          <Button variant="default" onClick={() => void fetchNextPage()}>
            {isFetchNextPageError ? 'Could not be loaded. Try again' : 'Show more'}
          </Button>
        ) : null}
      </div>
    </>
  );
}
