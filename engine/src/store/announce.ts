import type { LiveTopic } from '@ripen/shared';
import type { Queryable } from './store.ts';

/** The channel on which every process that shows the present listens. */
export const announceChannel = 'ripen_live';

/** `sessions`: somebody was signed out, or may do something else now. It is for the processes, not for people. */
export type Topic = LiveTopic | 'sessions';

/** Beyond this many, those who look ask for everything of the topic again. */
export const mostIds = 50;
/** Postgres takes 8,000. */
const mostBytes = 7_500;

/** What a transaction has changed; null: too much to name. */
export type Announced = ReadonlyMap<Topic, ReadonlySet<string> | null>;

/** What changed, by topic; null: it has no name. */
export type Changed = Partial<Record<Topic, Iterable<string> | null>>;

/** Gathers what changed, bounded. */
export class Announcement {
  readonly topics = new Map<Topic, Set<string> | null>();

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

  /** As it is sent; null when nothing changed. Names are left out, the longest lists first, until it fits. */
  payload(): string | null {
    if (this.topics.size === 0) return null;
    const said = new Map([...this.topics].map(([topic, ids]) => [topic, ids === null ? null : [...ids]]));
    for (;;) {
      const text = JSON.stringify(Object.fromEntries(said));
      if (Buffer.byteLength(text) <= mostBytes) return text;
      const [longest] = [...said].sort(([, a], [, b]) => lengthOf(b) - lengthOf(a));
      if (!longest) return null;
      said.set(longest[0], null);
    }
  }
}

const lengthOf = (ids: readonly string[] | null): number => ids?.reduce((sum, id) => sum + id.length + 3, 0) ?? 0;

/** Reads what `payload` wrote. */
export const readAnnouncement = (payload: string): Announced => {
  const said = JSON.parse(payload) as Record<Topic, string[] | null>; // Written above, by a process of ours.
  return new Map(Object.entries(said).map(([topic, ids]) => [topic as Topic, ids === null ? null : new Set(ids)]));
};

/** Transactions under way, each with what it will have changed. */
const underWay = new WeakMap<Queryable, Announcement>();

/**
 * Tells those who look that something of a topic changed. In a transaction of `Store.transaction` it is told once with all the
 * rest, together with the commit: it costs no round trip, and nobody hears of what did not happen. Elsewhere it is told at once.
 */
export const announce = async (db: Queryable, changes: Changed): Promise<void> => {
  const gathering = underWay.get(db);
  const announcement = gathering ?? new Announcement();
  for (const [topic, ids] of Object.entries(changes)) announcement.add(topic as Topic, ids); // Its own keys.
  if (gathering) return;
  const payload = announcement.payload();
  if (payload !== null) await db.query('select pg_notify($1, $2)', [announceChannel, payload]);
};

/** Gathers what a transaction on this connection changes. Returns the statement that ends it and tells. */
export const gather = (tx: Queryable & { escapeLiteral(text: string): string }): { commit(): string; end(): void } => {
  const announcement = new Announcement();
  underWay.set(tx, announcement);
  return {
    commit: () => {
      const payload = announcement.payload();
      return payload === null
        ? 'commit'
        : `select pg_notify('${announceChannel}', ${tx.escapeLiteral(payload)}); commit`;
    },
    end: () => void underWay.delete(tx),
  };
};
