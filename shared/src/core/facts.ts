import { added } from './lists.ts';
import type { Counted, DecayStep, Expiring, LedgerEntry } from './result.ts';
import type { Properties } from '../model/value.ts';

/** An earlier event, as conditions on past behaviour see it. */
export interface PastEvent {
  at: number;
  properties: Properties;
}

/**
 * What the core asks about a contact's past. A driver loads what `needs` names and hands it to `step`; what a step adds
 * is kept here too, so that later inputs of the same batch see it. A step that throws leaves no trace (`discard`).
 */
export class FactBook {
  #past = new Map<string, PastEvent[]>();
  /** By counter, then by value. */
  #counted = new Map<string, Map<string, number[]>>();
  #expiring: Expiring[] = [];
  #steps: DecayStep[] = [];
  #ledger: LedgerEntry[] | null = null;
  readonly #messages = new Map<string, Properties>();
  /** Of the step under way, the latest last. */
  #undo: (() => void)[] | undefined;

  /** Adds an event to the past of its type. Events are kept in order of time. */
  addEvent(type: string, event: PastEvent): void {
    const events = this.#past.get(type) ?? [];
    if (events.length === 0) this.#past.set(type, events);
    insertSorted(events, event, (a, b) => a.at - b.at);
    this.#onDiscard(() => remove(events, event));
  }

  /** Past events of a type in order of time. */
  events(type: string): readonly PastEvent[] {
    return this.#past.get(type) ?? [];
  }

  addCounted(counted: Counted): void {
    let values = this.#counted.get(counted.counter);
    if (!values) this.#counted.set(counted.counter, (values = new Map<string, number[]>()));
    let times = values.get(counted.value);
    if (!times) values.set(counted.value, (times = []));
    insertSorted(times, counted.at, (a, b) => a - b);
    const known = times;
    this.#onDiscard(() => remove(known, counted.at));
  }

  /** How often a counter counted in `(after, upTo]`. */
  countedIn(counter: string, value: string, after: number, upTo: number): number {
    const times = this.#counted.get(counter)?.get(value);
    if (!times) return 0;
    let count = 0;
    for (let index = times.length - 1; index >= 0; index--) {
      const at = times[index] as number; // within bounds
      if (at <= after) break;
      if (at <= upTo) count++;
    }
    return count;
  }

  addExpiring(expiring: Expiring): void {
    insertSorted(this.#expiring, expiring, byExpiry);
    this.#onDiscard(() => remove(this.#expiring, expiring));
  }

  /** The next entry to expire, if any. */
  nextExpiring(): Expiring | undefined {
    return this.#expiring[0];
  }

  /** Takes the next entry to expire off. */
  takeExpiring(): void {
    const taken = this.#expiring.shift();
    if (taken) this.#onDiscard(() => insertSorted(this.#expiring, taken, byExpiry));
  }

  addStep(step: DecayStep): void {
    this.#steps.push(step);
    this.#onDiscard(() => remove(this.#steps, step));
  }

  /** Decay steps of a model's epoch after a moment, in order. */
  stepsAfter(model: string, epoch: number, after: number): DecayStep[] {
    return this.#steps.filter((step) => step.model === model && step.epoch === epoch && step.at > after);
  }

  /** Takes a counter's time back, where it is known here. */
  removeCounted({ counter, value, at }: Counted): void {
    const times = this.#counted.get(counter)?.get(value);
    if (!times?.includes(at)) return;
    remove(times, at);
    this.#onDiscard(() => insertSorted(times, at, (a, b) => a - b));
  }

  /** Takes an entry that will expire away, where it is known here. */
  removeExpiring(entryId: string): void {
    const index = this.#expiring.findIndex((entry) => entry.entryId === entryId);
    const [taken] = index < 0 ? [] : this.#expiring.splice(index, 1);
    if (taken) this.#onDiscard(() => insertSorted(this.#expiring, taken, byExpiry));
  }

  /** The whole ledger of the contact's generation, in order; null unless an input of the batch undoes something. */
  get ledger(): readonly LedgerEntry[] | null {
    return this.#ledger;
  }

  /** From now on the ledger is kept, beginning with what was written before. */
  keepLedger(entries: readonly LedgerEntry[]): void {
    this.#ledger = [...entries];
  }

  addEntries(entries: readonly LedgerEntry[]): void {
    const ledger = (this.#ledger ??= []);
    const before = ledger.length;
    for (const entry of entries) ledger.push(entry);
    this.#onDiscard(() => void ledger.splice(before));
  }

  /** What a message said, for the counters that its points used up. Kept with the ledger only. */
  addProperties(messageId: string, properties: Properties): void {
    this.#messages.set(messageId, properties);
  }

  propertiesOf(messageId: string): Properties | undefined {
    return this.#messages.get(messageId);
  }

  /** The same past once more, so that time can go on from here in two ways. */
  copy(): FactBook {
    const copy = new FactBook();
    for (const [type, events] of this.#past) copy.#past.set(type, [...events]);
    for (const [counter, values] of this.#counted)
      copy.#counted.set(counter, new Map([...values].map(([value, times]) => [value, [...times]])));
    copy.#expiring = [...this.#expiring];
    copy.#steps = [...this.#steps];
    copy.#ledger = this.#ledger && [...this.#ledger];
    for (const [messageId, properties] of this.#messages) copy.#messages.set(messageId, properties);
    return copy;
  }

  /** Keeps what the last step added. */
  commit(): void {
    this.#undo = undefined;
  }

  /** Takes back what an unfinished step added. */
  discard(): void {
    for (const undo of this.#undo?.reverse() ?? []) undo();
    this.#undo = undefined;
  }

  #onDiscard(undo: () => void): void {
    this.#undo = added(this.#undo, undo);
  }
}

const byExpiry = (a: Expiring, b: Expiring): number => a.expiresAt - b.expiresAt || a.seq - b.seq;

const insertSorted = <T>(list: T[], item: T, compare: (a: T, b: T) => number): void => {
  let index = list.length;
  if (index === 0 || compare(list[index - 1] as T, item) <= 0) {
    list.push(item);
    return;
  }
  while (index > 0 && compare(list[index - 1] as T, item) > 0) index--;
  list.splice(index, 0, item);
};

const remove = <T>(list: T[], item: T): void => {
  const index = list.lastIndexOf(item);
  if (index >= 0) list.splice(index, 1);
};
