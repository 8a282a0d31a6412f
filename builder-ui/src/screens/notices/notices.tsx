import { Button, SegmentedControl } from '@mantine/core';
import { IconBell, IconChecks } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { noticesQuery, readNotices } from '../../api/notices.ts';
import { usePerson } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { sayFailed } from '../../ui/say.ts';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import { NoticeRow } from './notice-row.tsx';
import styles from './notices.module.css';

const route = getRouteApi('/inside/notices');

/** What automations told the reader: newest first, live, with the way to the contact and the lead. */
export function NoticesScreen() {
  const person = usePerson();
  const { show } = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const onlyUnread = show === 'unread';
  const query = useInfiniteQuery(noticesQuery(person.id, onlyUnread));
  const mark = useMutation({
    mutationFn: readNotices,
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
    onError: (error) => sayFailed('They stay unread', error),
  });
  const unread = query.data?.pages[0]?.unread ?? 0;
  return (
    <Page
      title="Notices"
      sub={query.data ? (unread === 0 ? 'All read' : `${count(unread, 'notice')} unread`) : undefined}
      acts={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Which notices"
            data={[
              { value: 'all', label: 'All' },
              { value: 'unread', label: 'Unread' },
            ]}
            value={onlyUnread ? 'unread' : 'all'}
            onChange={(next) =>
              void navigate({ to: '/notices', search: next === 'unread' ? { show: 'unread' } : {}, replace: true })
            }
          />
          <Button
            variant="default"
            leftSection={<IconChecks size={16} />}
            disabled={unread === 0}
            loading={mark.isPending && 'all' in (mark.variables ?? {})}
            onClick={() => mark.mutate({ all: true })}
          >
            Mark all as read
          </Button>
        </>
      }
    >
      <QueryView query={query} loading={<LoadingRows rows={6} height={72} />}>
        {({ pages }) => {
          const notices = pages.flatMap(({ items }) => items);
          return notices.length === 0 ? (
            <EmptyState
              icon={<IconBell size={32} stroke={1.5} aria-hidden="true" />}
              title={onlyUnread ? 'Nothing unread' : 'Nothing yet'}
            >
              {onlyUnread
                ? 'You have read everything that automations told you.'
                : 'What a “Notify” step tells you by a channel inside Ripen is here, for 90 days.'}
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {notices.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} onRead={() => mark.mutate({ ids: [notice.id] })} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button
            variant="default"
            size="xs"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older ones
          </Button>
        </div>
      )}
    </Page>
  );
}
