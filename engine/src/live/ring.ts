import { randomBytes } from 'node:crypto';
import type { LiveTopic } from '@ripen/shared';
import { Announcement } from '../store/announce.ts';

/** One change, with its place in the stream. */
export interface LiveEvent {
  /** `<epoch>-<n>`. */
  id: string;
  topic: LiveTopic;
  /** Null: too much to name. */
  ids: readonly string[] | null;
}

/** The changes of late. An epoch ends when some may have been missed: places of another epoch mean nothing. */
export class Ring {
  readonly #size: number;
  #epoch = '';
  #last = 0;
  readonly #events: LiveEvent[] = [];

  constructor(size: number) {
    this.#size = size;
    this.reset();
  }

  /** The place of the latest change. */
  get latest(): string {
    return `${this.#epoch}-${this.#last}`;
  }

  /** Starts a new epoch. */
  reset(): void {
    this.#epoch = randomBytes(4).toString('hex');
    this.#last = 0;
    this.#events.length = 0;
  }

  append(topic: LiveTopic, ids: readonly string[] | null): LiveEvent {
    this.#last++;
    const event = { id: this.latest, topic, ids };
    this.#events.push(event);
    // In pieces: taking the first of an array off moves the rest.
    if (this.#events.length >= this.#size * 2) this.#events.splice(0, this.#events.length - this.#size);
    return event;
  }

  /** What came after a place, each topic once; null when that cannot be known any more. */
  since(id: string): { topic: LiveTopic; ids: readonly string[] | null }[] | null {
    const [, epoch, place] = /^([0-9a-f]+)-(\d{1,15})$/.exec(id) ?? [];
    const after = Number(place);
    if (epoch !== this.#epoch || after > this.#last) return null;
    const missed = this.#last - after;
    if (missed > Math.min(this.#events.length, this.#size)) return null;
    const together = new Announcement();
    for (const { topic, ids } of missed === 0 ? [] : this.#events.slice(-missed)) together.add(topic, ids);
    return [...together.topics].map(([topic, ids]) => ({
      topic: topic as LiveTopic, // Only such were appended.
      ids: ids === null ? null : [...ids],
    }));
  }
}
