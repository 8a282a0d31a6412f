import type { LiveTopic } from '@ripen/shared';
import { announceChannel, readAnnouncement, type Topic } from '../store/announce.ts';
import { describeError } from '../store/errors.ts';
import type { Listener } from '../store/listener.ts';
import type { Logger } from '../store/logger.ts';
import { changeText, gapText, welcomeText, type Reader } from './reader.ts';
import { Ring } from './ring.ts';
import { Windows } from './windows.ts';

export interface HubOptions {
  /** Changes that are kept for those who come back. */
  kept?: number;
  /** A topic is told of at most once in so long. */
  windowMs?: number;
  /** How often a quiet stream shows that it is there, and who reads it is looked up again. */
  heartbeatMs?: number;
  /** Streams at once, of one person or key and of all. */
  mostPerPrincipal?: number;
  most?: number;
  /** How long after a loss of the database to try again. */
  retryMs?: number;
  /** Somebody's session or role has changed, here or in another process. */
  onSessions?: () => void;
}

export type Opened = 'open' | 'too many';

/** What everybody who looks hears of, one per process: what Postgres announces goes to every open stream that may know. */
export interface Hub {
  /**
   * Adds a reader, who hears first what came after `lastEventId`, or that it cannot be known. Rejects with the database's error
   * when it cannot be listened to.
   */
  open(reader: Reader, lastEventId: string | null): Promise<Opened>;
  /** Without effect for one that is not there. */
  leave(reader: Reader): void;
  /** Ends every stream. */
  close(): void;
}

/** It listens from the first reader on. */
export const createHub = (
  { listener, logger }: { listener: Listener; logger: Logger },
  {
    kept = 1_000,
    windowMs = 250,
    heartbeatMs = 15_000,
    mostPerPrincipal = 20,
    most = 2_000,
    retryMs = 1_000,
    onSessions = () => undefined,
  }: HubOptions = {},
): Hub => {
  const readers = new Set<Reader>();
  const ring = new Ring(kept);
  let following: Promise<void> | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let closed = false;

  const tell = (topic: LiveTopic, ids: readonly string[] | null): void => {
    const { id } = ring.append(topic, ids);
    const text = changeText(id, { topic, ids });
    for (const reader of readers) if (reader.may(topic)) reader.send(text);
  };

  const checkAll = (): void => {
    for (const reader of readers)
      reader.check().catch((error: unknown) => {
        // Not known is not the same as signed out: the next heartbeat looks again.
        logger.warn({ error: describeError(error) }, 'who reads a live stream could not be looked up');
      });
  };

  const windows = new Windows(windowMs, (topic: Topic, ids) => {
    if (topic !== 'sessions') {
      tell(topic, ids === null ? null : [...ids]);
      return;
    }
    onSessions();
    checkAll();
  });

  const follow = (): Promise<void> => {
    following ??= listener
      .follow(announceChannel, {
        heard: (payload) => {
          for (const [topic, ids] of readAnnouncement(payload)) windows.add(topic, ids);
        },
        lost: () => {
          following = undefined;
          // What was said from now on is missed; what was said before may have been.
          windows.clear();
          ring.reset();
          comeBack();
        },
      })
      .catch((error: unknown) => {
        following = undefined;
        throw error;
      });
    return following;
  };

  /** Readers stay; they hear of the gap when there is something to ask again. */
  const comeBack = (): void => {
    if (closed) return;
    setTimeout(() => {
      if (closed || readers.size === 0) return;
      follow().then(
        () => {
          for (const reader of readers) reader.send(gapText(ring.latest));
        },
        () => comeBack(),
      );
    }, retryMs).unref();
  };

  const beat = (): void => {
    for (const reader of readers) reader.heartbeat();
    checkAll();
  };

  const isFull = ({ principal: { id } }: Reader): boolean =>
    readers.size >= most || [...readers].filter(({ principal }) => principal.id === id).length >= mostPerPrincipal;

  return {
    open: async (reader, lastEventId) => {
      if (closed || isFull(reader)) return 'too many';
      await follow();
      if (isFull(reader)) return 'too many';
      const missed = lastEventId === null ? [] : ring.since(lastEventId);
      reader.send(welcomeText(ring.latest));
      if (missed === null) reader.send(gapText(ring.latest));
      else for (const change of missed) if (reader.may(change.topic)) reader.send(changeText(ring.latest, change));
      readers.add(reader);
      heartbeat ??= setInterval(beat, heartbeatMs).unref();
      return 'open';
    },
    leave: (reader) => {
      readers.delete(reader);
      if (readers.size > 0) return;
      clearInterval(heartbeat);
      heartbeat = undefined;
    },
    close: () => {
      closed = true;
      windows.clear();
      clearInterval(heartbeat);
      for (const reader of readers) reader.end();
    },
  };
};
