import { announceChannel, Announcement, type Noting } from './announce.ts';
import { describeError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { Queryable } from './store.ts';

/**
 * A process says something at most once in this time. A transaction that notifies holds a lock which all others of the database
 * that notify wait for, until its commit is on the disk: eight connections that do nothing but insert batches of 1,000 rows lost
 * 30% of their pace when each commit notified, and 58% with batches of 5 (measured on 2 cores with fsync on).
 */
const paceMs = 200;

/**
 * Says what a process changed. The first change after a quiet time goes out with the commit that makes it, in the same round trip;
 * those that follow are gathered, and said together. What a process that is killed had not said yet, its successor says with
 * `announceAnything`.
 */
export class Teller implements Noting {
  readonly #db: Queryable;
  readonly #logger: Logger;
  #pending = new Announcement();
  #saidAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Queryable, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
  }

  /** The statement to be sent with a commit that changes this; null: it is to be noted when it has committed. */
  withCommit(announcement: Announcement, quote: (text: string) => string): string | null {
    if (announcement.isEmpty || this.#waitMs() > 0) return null;
    this.#saidAt = performance.now();
    return `select pg_notify('${announceChannel}', ${quote(announcement.payload())})`;
  }

  /** Something has changed: it is said now, or when it is time. */
  async note(announcement: Announcement): Promise<void> {
    if (announcement.isEmpty) return;
    this.#pending.addAll(announcement.topics);
    if (this.#timer !== undefined) return;
    const waitMs = this.#waitMs();
    if (waitMs === 0) await this.flush();
    else this.#timer = setTimeout(() => void this.flush(), waitMs).unref();
  }

  /** Says at once what is left to say. A failure is only logged: it was a hint. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.isEmpty) return;
    const said = this.#pending;
    this.#pending = new Announcement();
    this.#saidAt = performance.now();
    try {
      await this.#db.query('select pg_notify($1, $2)', [announceChannel, said.payload()]);
    } catch (error) {
      this.#pending.addAll(said.topics);
      this.#logger.debug(
        { error: describeError(error) },
        'what changed could not be announced; it will be with the next change',
      );
    }
  }

  #waitMs(): number {
    return Math.max(0, Math.ceil(this.#saidAt + paceMs - performance.now()));
  }
}
