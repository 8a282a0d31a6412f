import { Announcement, type Topic } from '../store/announce.ts';

/**
 * Lets the first change of a topic through at once and gathers those that follow within a window, so that a topic is told of at
 * most once per window, however busy it is.
 */
export class Windows {
  readonly #windowMs: number;
  readonly #emit: (topic: Topic, ids: ReadonlySet<string> | null) => void;
  readonly #open = new Map<Topic, { gathered: Announcement; timer: NodeJS.Timeout }>();

  constructor(windowMs: number, emit: (topic: Topic, ids: ReadonlySet<string> | null) => void) {
    this.#windowMs = windowMs;
    this.#emit = emit;
  }

  add(topic: Topic, ids: ReadonlySet<string> | null): void {
    const open = this.#open.get(topic);
    if (open) open.gathered.add(topic, ids);
    else this.#pass(topic, ids);
  }

  /** Forgets what was gathered. */
  clear(): void {
    for (const { timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
  }

  #pass(topic: Topic, ids: ReadonlySet<string> | null): void {
    const gathered = new Announcement();
    const timer = setTimeout(() => {
      this.#open.delete(topic);
      const later = gathered.topics.get(topic);
      if (later !== undefined) this.#pass(topic, later);
    }, this.#windowMs);
    timer.unref();
    this.#open.set(topic, { gathered, timer });
    this.#emit(topic, ids);
  }
}
