import type pg from 'pg';
import { describeError } from './errors.ts';
import type { Logger } from './logger.ts';

/** Waits for Postgres notifications on one connection of its own. */
export interface Listener {
  /** Starts listening on a channel: notifications after this resolves are not missed while connected. */
  subscribe(channel: string): Promise<Subscription>;
  /**
   * Hands over every notification of a channel. Resolves when it is listening; `lost` is called once when it no longer is,
   * and whoever wants to go on follows again: what was said in between was missed. Rejects when it cannot connect.
   */
  follow(channel: string, follower: Follower): Promise<void>;
  close(): Promise<void>;
}

export interface Subscription {
  /**
   * Resolves true with a notification that came since the last `wait` (or comes now), false after `timeoutMs`, on abort, or
   * when the connection was lost: a hint to look, never a proof that there is nothing.
   */
  wait(timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
}

export interface Follower {
  heard(payload: string): void;
  lost(): void;
}

/** Channels come from code, never from input; quoting keeps it so. */
const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;

/** Connects with the first subscription, and again with the first after a loss. */
export const createListener = (connect: () => pg.Client, logger: Logger): Listener => {
  const wakers = new Map<string, Set<() => void>>();
  const followers = new Map<string, Set<Follower>>();
  let closed = false;
  let connecting: Promise<pg.Client> | undefined;
  /** Statements go one after the other. */
  let last: Promise<unknown> = Promise.resolve();

  const wakeAll = (): void => {
    for (const set of wakers.values()) for (const wake of set) wake();
  };

  const open = async (): Promise<pg.Client> => {
    const client = connect();
    let isLost = false;
    // An error is followed by an end, by when there may be a new connection.
    const lost = (error?: unknown): void => {
      if (isLost) return;
      isLost = true;
      if (error) logger.warn({ error: describeError(error) }, 'listening connection lost');
      connecting = undefined;
      wakeAll();
      const left = [...followers.values()].flatMap((set) => [...set]);
      followers.clear();
      if (!closed) for (const follower of left) follower.lost();
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ channel, payload = '' }) => {
      wakers.get(channel)?.forEach((wake) => wake());
      followers.get(channel)?.forEach((follower) => follower.heard(payload));
    });
    await client.connect();
    for (const channel of wakers.keys()) await client.query(`listen ${quoted(channel)}`);
    return client;
  };

  const connection = (): Promise<pg.Client> => {
    connecting ??= open().catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  };

  const run = (client: pg.Client, sql: string): Promise<unknown> =>
    (last = last.catch(() => undefined).then(() => client.query(sql)));

  return {
    subscribe: async (channel) => {
      let woken = false;
      let resume: (() => void) | undefined;
      const wake = (): void => {
        woken = true;
        resume?.();
      };
      const others = wakers.get(channel) ?? new Set();
      wakers.set(channel, others.add(wake));
      const client = await connection();
      await run(client, `listen ${quoted(channel)}`);
      return {
        wait: async (timeoutMs, signal) => {
          if (!woken && timeoutMs > 0 && !signal?.aborted) {
            const over = new AbortController();
            await new Promise<void>((resolve) => {
              resume = resolve;
              const timer = setTimeout(resolve, timeoutMs);
              timer.unref();
              signal?.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
              over.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
            });
            resume = undefined;
            over.abort();
          }
          const was = woken;
          woken = false;
          return was;
        },
        close: async () => {
          others.delete(wake);
          if (others.size > 0) return;
          wakers.delete(channel);
          const current = await connecting?.catch(() => undefined);
          if (current) await run(current, `unlisten ${quoted(channel)}`).catch(() => undefined);
        },
      };
    },
    follow: async (channel, follower) => {
      if (closed) throw new Error('The listening connection was closed.');
      const client = await connection();
      await run(client, `listen ${quoted(channel)}`);
      // Lost meanwhile: its followers have been told, and this one is none of them yet.
      if ((await connecting) !== client) throw new Error('The listening connection was lost.');
      const others = followers.get(channel) ?? new Set();
      followers.set(channel, others.add(follower));
    },
    close: async () => {
      closed = true;
      const current = await connecting?.catch(() => undefined);
      connecting = undefined;
      await current?.end();
    },
  };
};
