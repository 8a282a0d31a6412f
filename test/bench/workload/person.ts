import { acceptEvents, drainLane, type LaneDeps } from '@ripen/engine';
import { contactIdOf, laneCount, slotCount, slotOf } from '@ripen/shared';
import { commonEvents } from './definitions.ts';
import { userOf, type MessageSource } from './messages.ts';
import type { Message } from './templates.ts';

const tenMinutesMs = 600_000;
const batchSize = 500;

/** Id of a contact of the workload. */
export const idOf = (contact: number): string => contactIdOf({ user: userOf(contact), email: null, anonymous: null });

/** A contact whose past grows: every event is accepted and applied by the product's own functions, ten minutes apart. */
export class Person {
  readonly #deps: LaneDeps;
  readonly #source: MessageSource;
  readonly #contact: number;
  readonly #lane: number;
  readonly #events: readonly string[];
  #at: number;
  #count: number;

  /**
   * `late`: how many events of one who was there from the start come before the first of this one. `events`: what is done, over
   * and over.
   */
  constructor(
    deps: LaneDeps,
    source: MessageSource,
    contact: number,
    startAt: number,
    { late = 0, events = commonEvents }: { late?: number; events?: readonly string[] } = {},
  ) {
    this.#deps = deps;
    this.#events = events;
    this.#source = source;
    this.#contact = contact;
    this.#at = startAt + late * tenMinutesMs;
    this.#count = late;
    this.#lane = Math.floor((slotOf(idOf(contact)) * laneCount) / slotCount);
  }

  #next(): Message {
    this.#at += tenMinutesMs;
    const event = this.#events[this.#count++ % this.#events.length] ?? '';
    return this.#source.of(this.#contact, event, this.#at);
  }

  /** So many more events, in batches. */
  async live(events: number): Promise<void> {
    for (let done = 0; done < events; done += batchSize) {
      const batch = Array.from({ length: Math.min(batchSize, events - done) }, () => this.#next());
      await acceptEvents(this.#deps, batch, { now: this.#at });
      await this.apply();
    }
  }

  async accept(): Promise<void> {
    await acceptEvents(this.#deps, [this.#next()], { now: this.#at });
  }

  apply(): Promise<unknown> {
    return drainLane(this.#deps, { lane: this.#lane, now: this.#at });
  }
}
