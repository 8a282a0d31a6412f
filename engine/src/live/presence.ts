import { announce } from '../store/announce.ts';
import type { Store } from '../store/store.ts';

/** Processes tell each other here who edits what. */
const presenceChannel = 'ripen_presence';
/** A window that said nothing for so long is forgotten, ms. Browsers wake hidden ones once a minute. */
export const silenceMs = 75_000;
/** More windows of one person or key take the place of their oldest. */
const mostWindows = 20;

export interface Visitor {
  id: string;
  name: string;
}

/** What is said of a window; `place` null: it edits nothing any more. */
interface Said {
  window: string;
  who: Visitor;
  place: string | null;
}

/**
 * Who edits what, as their windows say it: each again and again while it is open, and once when it closes. Nothing is written
 * down: every process that is asked listens to what is said in all of them, and a window that falls silent is forgotten.
 */
export interface Presence {
  /** Somebody edits a place in this window, or still does. Answers with the others there, each once, by name. */
  enter(place: string, window: string, who: Visitor): Promise<Visitor[]>;
  /** The window closes, or edits nothing any more. Without effect for a window of somebody else. */
  leave(window: string, who: Visitor): Promise<void>;
}

export const createPresence = (
  { pool, listener }: Pick<Store, 'pool' | 'listener'>,
  now: () => number = Date.now,
): Presence => {
  const windows = new Map<string, { place: string; who: Visitor; until: number }>();
  let following: Promise<void> | undefined;

  const forget = (): void => {
    for (const [window, { until }] of windows) if (until <= now()) windows.delete(window);
  };

  /** The places where somebody came or went by that. */
  const note = ({ window, who, place }: Said): string[] => {
    const before = windows.get(window);
    if (before && before.who.id !== who.id) return [];
    windows.delete(window);
    if (place !== null) {
      const own = [...windows].filter(([, { who: other }]) => other.id === who.id);
      for (const [oldest] of own.slice(0, Math.max(0, own.length + 1 - mostWindows))) windows.delete(oldest);
      windows.set(window, { place, who, until: now() + silenceMs });
    }
    return before?.place === place ? [] : [before?.place, place].filter((changed) => typeof changed === 'string');
  };

  const follow = (): Promise<void> => {
    following ??= listener
      .follow(presenceChannel, {
        heard: (payload) => {
          forget();
          note(JSON.parse(payload) as Said); // Written below, by a process of ours.
        },
        lost: () => {
          following = undefined;
        },
      })
      .catch((error: unknown) => {
        following = undefined;
        throw error;
      });
    return following;
  };

  /** Told to the other processes before those who look, so that whoever asks then is told. */
  const say = async (said: Said): Promise<void> => {
    await follow();
    forget();
    const changed = note(said);
    await pool.query('select pg_notify($1, $2)', [presenceChannel, JSON.stringify(said)]);
    await announce(pool, { presence: changed });
  };

  return {
    enter: async (place, window, who) => {
      await say({ window, who, place });
      const others = [...windows.values()].filter((other) => other.place === place && other.who.id !== who.id);
      const byId = new Map(others.map(({ who: { id, name } }) => [id, { id, name }]));
      return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name));
    },
    leave: (window, who) => say({ window, who, place: null }),
  };
};
