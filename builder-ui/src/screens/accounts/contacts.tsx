import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { accountContactsQuery } from '../../api/accounts.ts';
import { useStages } from '../../fields/use-stages.ts';
import { ScoreChip, StageBadge } from '../../ui/marks.tsx';
import { LoadingRows, QueryView } from '../../ui/states.tsx';
import { Card } from '../contacts/page/card.tsx';
import styles from './accounts.module.css';

/** Who belongs to the account, the highest score first. */
export function AccountContacts({ account }: { account: string }) {
  const query = useInfiniteQuery(accountContactsQuery(account));
  const stages = useStages();
  const contacts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Card title="Contacts">
      <QueryView query={query} loading={<LoadingRows rows={5} height={40} />}>
        {() => (
          <>
            <ul className={styles.members}>
              {contacts.map((contact) => {
                const [score] = contact.scores;
                const title = contact.email === contact.name ? null : contact.email;
                return (
                  <li key={contact.id} className={styles.member}>
                    <span className={styles.person}>
                      <Link to="/contacts/$id" params={{ id: contact.id }}>
                        {contact.name}
                      </Link>
                      {title !== null && <span className={styles.about}>{title}</span>}
                    </span>
                    <StageBadge
                      name={contact.stageName ?? contact.stage}
                      index={stages.indexOf(contact.stage)}
                      of={stages.list.length}
                    />
                    {score?.shown ? (
                      <ScoreChip score={score.score} ripe={stages.ripe} band={score.band} />
                    ) : (
                      <span className={styles.none}>–</span>
                    )}
                  </li>
                );
              })}
            </ul>
            {query.hasNextPage && (
              <Button
                variant="default"
                size="compact-sm"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </>
        )}
      </QueryView>
    </Card>
  );
}
