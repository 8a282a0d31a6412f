import { Button, Chip, Group, Loader } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { timelineQuery } from '../../../api/contacts.ts';
import { useNow } from '../../../ui/relative-time.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../../ui/states.tsx';
import { Card } from './card.tsx';
import { Entry } from './timeline-entry.tsx';
import { dayHeading, timelineDays } from './timeline-days.ts';
import styles from './timeline.module.css';

const kinds = [
  { kind: 'event', label: 'Events' },
  { kind: 'points', label: 'Points' },
  { kind: 'move', label: 'Stages' },
  { kind: 'run', label: 'Automations' },
  { kind: 'lead', label: 'Leads' },
] as const;

/** All that happened to a contact, newest first, by day. */
export function Timeline(given: { contact: string; kinds: string; onKinds: (kinds: string) => void }) {
  const query = useInfiniteQuery(timelineQuery(given.contact, given.kinds));
  const now = useNow();
  const days = useMemo(() => timelineDays(query.data?.pages.flatMap(({ items }) => items) ?? []), [query.data]);
  const chosen = given.kinds === '' ? [] : given.kinds.split(',');
  const toggle = (kind: string, on: boolean): void => {
    const next = kinds.map((each) => each.kind).filter((each) => (each === kind ? on : chosen.includes(each)));
    given.onKinds(next.length === kinds.length ? '' : next.join(','));
  };
  return (
    <Card title="Timeline">
      <Group gap={6} mb={8} role="group" aria-label="Show">
        <Chip size="xs" variant="outline" checked={chosen.length === 0} onChange={() => given.onKinds('')}>
          All
        </Chip>
        {kinds.map(({ kind, label }) => (
          <Chip
            key={kind}
            size="xs"
            variant="outline"
            checked={chosen.includes(kind)}
            onChange={(on) => toggle(kind, on)}
          >
            {label}
          </Chip>
        ))}
      </Group>
      <QueryView query={query} loading={<LoadingRows rows={8} height={36} />}>
        {() =>
          days.length === 0 ? (
            <EmptyState
              icon={<IconHistory size={32} stroke={1.4} />}
              title={chosen.length === 0 ? 'Nothing happened yet' : 'Nothing of that kind happened'}
              acts={
                chosen.length > 0 && (
                  <Button variant="default" onClick={() => given.onKinds('')}>
                    Show everything
                  </Button>
                )
              }
            />
          ) : (
            <>
              {days.map((day) => (
                <section key={day.at} className={styles.day}>
                  <h3 className={styles.heading}>{dayHeading(day.at, now)}</h3>
                  <ol className={styles.entries}>
                    {day.entries.map((entry) => (
                      <Entry key={entry.item.id} entry={entry} />
                    ))}
                  </ol>
                </section>
              ))}
              <div className={styles.more}>
                {query.isFetchingNextPage ? (
                  <Loader size="sm" aria-label="Loading earlier" />
                ) : query.hasNextPage ? (
                  <Button variant="default" onClick={() => void query.fetchNextPage()}>
                    {query.isFetchNextPageError ? 'Could not be loaded. Try again' : 'Show earlier'}
                  </Button>
                ) : null}
              </div>
            </>
          )
        }
      </QueryView>
    </Card>
  );
}
