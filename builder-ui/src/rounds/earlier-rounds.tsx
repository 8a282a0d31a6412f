import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState, QueryView } from '../ui/states.tsx';
import { RoundList } from './round-list.tsx';
import type { AnyRound } from './words.ts';

/** Rounds, newest first, as far as they were asked for; `children` says what is kept here while there is none. */
export function EarlierRounds<Round extends AnyRound>({
  query,
  words,
  more,
  children,
}: {
  query: UseInfiniteQueryResult<{ pages: { items: readonly Round[] }[] }>;
  words: (round: Round) => ReactNode;
  /** The button that asks for more. */
  more: string;
  children: ReactNode;
}) {
  return (
    <>
      <QueryView query={query}>
        {({ pages }) => {
          const rounds = pages.flatMap(({ items }) => items);
          return rounds.length === 0 ? (
            <EmptyState title="It has not run yet">{children}</EmptyState>
          ) : (
            <RoundList rounds={rounds} words={words} />
          );
        }}
      </QueryView>
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {more}
        </Button>
      )}
    </>
  );
}
