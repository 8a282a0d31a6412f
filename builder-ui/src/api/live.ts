import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Topic } from './query-client.ts';

interface Change {
  topic: Topic;
  /** What changed; left out when too much did. */
  ids?: string[];
}

/** How often what is on the screen is asked for again, at most, ms. */
const throttleMs = 1_000;
/** What a browser does not retry by itself (a refused stream) is tried again after this, ms. */
const reopenMs = 5_000;

export type Connection = 'connecting' | 'live' | 'lost';
let connection: Connection = 'connecting';
const listeners = new Set<() => void>();
const setConnection = (next: Connection): void => {
  if (connection === next) return;
  connection = next;
  for (const tell of listeners) tell();
};

/** Whether changes come in by themselves at present. */
export const useConnection = (): Connection =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => connection,
  );

/** Lists depend on any change in their topics, details only on their own. */
const concerns = (key: readonly unknown[], changes: ReadonlyMap<string, Set<string> | null>): boolean =>
  String(key[0])
    .split('+')
    .some((topic) => {
      const ids = changes.get(topic);
      if (ids === undefined) return false;
      return ids === null || key[1] !== 'detail' || ids.has(String(key[2]));
    });

const follow = (client: QueryClient): (() => void) => {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const changes = new Map<string, Set<string> | null>();

  const flush = (): void => {
    timer = undefined;
    const noticed = new Map(changes);
    changes.clear();
    void client.invalidateQueries({ predicate: ({ queryKey }) => concerns(queryKey, noticed) });
  };
  const note = ({ topic, ids }: Change): void => {
    const known = changes.get(topic);
    changes.set(topic, !ids || known === null ? null : new Set([...(known ?? []), ...ids]));
    timer ??= setTimeout(flush, throttleMs);
  };
  const open = (): void => {
    source = new EventSource('/api/live');
    source.addEventListener('open', () => {
      setConnection('live');
      // What changed between the first answers and now was told to nobody.
      void client.invalidateQueries();
    });
    source.addEventListener('change', (event: MessageEvent<string>) => note(JSON.parse(event.data) as Change)); // The API's own.
    source.addEventListener('gap', () => void client.invalidateQueries());
    source.addEventListener('error', () => {
      setConnection('lost');
      if (source?.readyState !== EventSource.CLOSED || ended) return;
      reopen = setTimeout(open, reopenMs);
    });
  };
  open();
  return () => {
    ended = true;
    source?.close();
    clearTimeout(timer);
    clearTimeout(reopen);
  };
};

/** Keeps what is on the screen as the server has it, without asking on a clock. */
export const useLive = (signedIn: boolean): void => {
  const client = useQueryClient();
  useEffect(() => (signedIn ? follow(client) : undefined), [client, signedIn]);
};
