import { FactBook, type PastEvent } from '../core/facts.ts';
import type { Needs } from '../core/needs.ts';
import type { Counted, DecayStep, EventInput, Expiring, LedgerEntry, StepResult } from '../core/result.ts';
import { earnedAtOf } from '../core/step.ts';

/**
 * A contact's past in memory: the rows that the engine keeps in Postgres, answering the same questions. Nothing is loaded
 * that was not asked for, so that the simulator proves `needs` as the engine does.
 */
export class History {
  /** In the order in which they were applied, with their number among all arrivals: what a rebuild replays. */
  readonly arrivals: { accepted: number; event: EventInput }[] = [];
  #past = new Map<string, PastEvent[]>();
  #counted = new Map<string, Counted[]>();
  /** In order of expiry. */
  #expiring: Expiring[] = [];
  #steps: DecayStep[] = [];
  readonly #ledger: LedgerEntry[] = [];

  load(wanted: Needs): FactBook {
    const book = new FactBook();
    for (const { type, after, latest } of wanted.events) {
      const events = this.#eventsOf(type);
      const from = Math.max(
        after === null ? 0 : firstAfter(events, after, (event) => event.at),
        latest === null ? 0 : events.length - latest,
      );
      for (let index = from; index < events.length; index++) book.addEvent(type, events[index] as PastEvent);
    }
    for (const { counter, value, after } of wanted.counted) {
      for (const counted of this.#counted.get(counter) ?? [])
        if ((value === null || counted.value === value) && counted.at > after) book.addCounted(counted);
    }
    if (wanted.expiringUntil !== null) {
      for (const entry of this.#expiring) {
        book.addExpiring(entry);
        if (entry.expiresAt > wanted.expiringUntil) break;
      }
    }
    const { stepsAfter } = wanted;
    if (stepsAfter !== null) for (const step of this.#steps) if (step.at > stepsAfter) book.addStep(step);
    if (wanted.ledger) {
      book.keepLedger(this.#ledger);
      for (const { event } of this.arrivals) book.addProperties(event.messageId, event.properties);
    }
    book.commit();
    return book;
  }

  /** Keeps what a step left for later ones. */
  keep(result: StepResult, arrival: EventInput | null, accepted: number): void {
    if (arrival) {
      this.arrivals.push({ accepted, event: arrival });
      const past = this.#past.get(arrival.type);
      if (past) insert(past, pastOf(arrival), (event) => event.at);
    }
    for (const counted of result.counted) this.#keepCounted(counted);
    for (const freed of result.freed) this.#free(freed);
    if (result.expired.length > 0) {
      const gone = new Set(result.expired);
      this.#expiring = this.#expiring.filter((entry) => !gone.has(entry.entryId));
      for (const entry of result.expiring) if (!gone.has(entry.entryId)) this.#keepExpiring(entry);
    } else for (const entry of result.expiring) this.#keepExpiring(entry);
    for (const entry of result.entries) {
      this.#ledger.push(entry);
      if (entry.kind === 'decay' && entry.factors)
        this.#steps.push({ model: entry.model, epoch: entry.epoch, at: entry.at, factors: entry.factors });
    }
  }

  /** Indexed from the first question on: most types are never asked for. */
  #eventsOf(type: string): PastEvent[] {
    let events = this.#past.get(type);
    if (!events) {
      events = [];
      for (const { event } of this.arrivals) if (event.type === type) insert(events, pastOf(event), (past) => past.at);
      this.#past.set(type, events);
    }
    return events;
  }

  #keepCounted(counted: Counted): void {
    const known = this.#counted.get(counted.counter);
    if (known) known.push(counted);
    else this.#counted.set(counted.counter, [counted]);
  }

  #free({ counter, value, at }: Counted): void {
    const known = this.#counted.get(counter) ?? [];
    const index = known.findIndex((row) => row.value === value && row.at === at);
    if (index >= 0) known.splice(index, 1);
  }

  #keepExpiring(entry: Expiring): void {
    let index = this.#expiring.length;
    while (index > 0 && laterThan(this.#expiring[index - 1] as Expiring, entry)) index--;
    this.#expiring.splice(index, 0, entry);
  }
}

const laterThan = (a: Expiring, b: Expiring): boolean =>
  a.expiresAt > b.expiresAt || (a.expiresAt === b.expiresAt && a.seq > b.seq);

const pastOf = (arrival: EventInput): PastEvent => ({ at: earnedAtOf(arrival), properties: arrival.properties });

/** Index of the first item later than `after` in a list in order of time. */
const firstAfter = <T>(items: readonly T[], after: number, at: (item: T) => number): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(items[middle] as T) > after) high = middle;
    else low = middle + 1;
  }
  return low;
};

const insert = <T>(items: T[], item: T, at: (item: T) => number): void => {
  items.splice(firstAfter(items, at(item), at), 0, item);
};
