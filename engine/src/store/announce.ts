import { liveTopics, type LiveTopic } from '@ripen/shared';
import type { Queryable } from './store.ts';

/** The channel on which every process that shows the present listens. */
export const announceChannel = 'ripen_live';

/** `sessions`: somebody was signed out, or may do something else now. It is for the processes, not for people. */
export type Topic = LiveTopic | 'sessions';

/** Beyond this many, those who look ask for everything of the topic again. */
export const mostIds = 50;
/** Postgres takes 8,000. */
const mostBytes = 7_500;

/** What changed, by topic; null: it has no name, or is too much to name. */
export type Changed = Partial<Record<Topic, Iterable<string> | null>>;

/** Gathers what changed, bounded. */
export class Announcement {
  readonly topics = new Map<Topic, Set<string> | null>();

  get isEmpty(): boolean {
    return this.topics.size === 0;
  }

  add(topic: Topic, ids: Iterable<string> | null): void {
    const known = this.topics.get(topic);
    if (known === null) return;
    if (ids === null) {
      this.topics.set(topic, null);
      return;
    }
    const named = known ?? new Set<string>();
    for (const id of ids) {
      named.add(id);
      if (named.size > mostIds) {
        this.topics.set(topic, null);
        return;
      }
    }
    if (named.size > 0) this.topics.set(topic, named);
  }

  addAll(changes: Iterable<readonly [Topic, Iterable<string> | null]>): void {
    for (const [topic, ids] of changes) this.add(topic, ids);
  }

  /** As it is sent. Names are left out, the longest lists first, until it fits. */
  payload(): string {
    const said = new Map([...this.topics].map(([topic, ids]) => [topic, ids === null ? null : [...ids]]));
    for (;;) {
      const text = JSON.stringify(Object.fromEntries(said));
      const [longest] = [...said].sort(([, a], [, b]) => lengthOf(b) - lengthOf(a));
      if (!longest || Buffer.byteLength(text) <= mostBytes) return text;
      said.set(longest[0], null);
    }
  }
}

const lengthOf = (ids: readonly string[] | null): number => ids?.reduce((sum, id) => sum + id.length + 3, 0) ?? 0;

/** Reads what `payload` wrote. */
export const readAnnouncement = (payload: string): ReadonlyMap<Topic, ReadonlySet<string> | null> => {
  const said = JSON.parse(payload) as Record<Topic, string[] | null>; // Written above, by a process of ours.
  return new Map(Object.entries(said).map(([topic, ids]) => [topic as Topic, ids === null ? null : new Set(ids)]));
};

/** Who takes note of what changes by way of a connection: a transaction under way, or a store's pool. */
export interface Noting {
  note(announcement: Announcement): Promise<void>;
}

const noting = new WeakMap<Queryable, Noting>();

/** From now on what changes by way of `db` is noted there; null: nobody takes note any more. */
export const noteWith = (db: Queryable, who: Noting | null): void => {
  if (who) noting.set(db, who);
  else noting.delete(db);
};

/**
 * Tells those who look that something changed. In a transaction it is told with all the rest when that has committed: nobody
 * hears of what did not happen. Call it beside the statement that makes the change.
 */
export const announce = async (db: Queryable, changes: Changed): Promise<void> => {
  const announcement = new Announcement();
  announcement.addAll(Object.entries(changes) as [Topic, Iterable<string> | null][]); // Its own keys.
  if (announcement.isEmpty) return;
  const who = noting.get(db);
  if (who) await who.note(announcement);
  else await db.query('select pg_notify($1, $2)', [announceChannel, announcement.payload()]);
};

/** For a process that starts: one that was killed may not have said what it changed last. */
export const announceAnything = (db: Queryable): Promise<void> =>
  announce(db, Object.fromEntries(Object.keys(liveTopics).map((topic) => [topic, null])));
