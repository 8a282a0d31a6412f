import { FactBook, internalEvents, step, type Input, type Program, type StepResult } from '@ripen/shared';
import type { ContactRow } from '../store/contacts.ts';
import { describeError } from '../store/errors.ts';
import { hasArrivalOf, readArrivals, readArrivalsOf, type PastArrival } from '../store/events.ts';
import type { Logger } from '../store/logger.ts';
import type { Queryable } from '../store/store.ts';
import type { Changes } from './changes.ts';

export interface Replaying {
  /** The program that an arrival accepted at this revision counts under. */
  programAt: (revision: number) => Promise<Program>;
  logger: Logger;
  /** How far the contact's clock had come, ms, and its definitions. */
  until: number;
  revision: number;
}

/** One contact's arrivals, played in order through somebody to whom nothing happened yet. */
interface Replay {
  /** The next arrivals. What follows from them is gathered in the changes. */
  take(arrivals: readonly PastArrival[]): Promise<void>;
  /** After the last one: time goes on to where it was. */
  finish(): Promise<void>;
}

/** `undoes`: whether points are undone by some arrival, which needs the ledger up to it. */
const beginReplay = (
  contact: ContactRow,
  changes: Changes,
  { programAt, logger, until, revision }: Replaying,
  undoes: boolean,
): Replay => {
  changes.contacts.set(contact.id, contact);
  const book = new FactBook();
  if (undoes) book.keepLedger([]);
  const apply = (program: Program, input: Input): void => {
    let result: StepResult;
    try {
      result = step(program, contact.subject, input, book);
    } catch (error) {
      // It was applied once, so this is a fault of the program, not of the sender: said aloud, and the rest goes on.
      logger.error({ contact: contact.id, input, error: describeError(error) }, 'an arrival could not be replayed');
      return;
    }
    changes.add(contact, result, program);
  };
  let programOf = -1;
  let program: Program | undefined;
  return {
    take: async (arrivals) => {
      for (const { input, revision: accepted } of arrivals) {
        const at = Math.max(accepted, contact.subject.revision);
        // Nearly all count under the same one: asking costs as much as a step.
        if (!program || at !== programOf) program = await programAt((programOf = at));
        apply(program, { ...input, arrivedAt: Math.max(input.arrivedAt, contact.subject.clock) });
      }
    },
    finish: async () => {
      // What had fallen due before falls due here, so that it is silent too; and so does what later definitions changed.
      const { nextDueAt, revision: reached } = contact.subject;
      if ((nextDueAt !== null && nextDueAt <= until) || reached < revision)
        apply(await programAt(Math.max(revision, reached)), { kind: 'tick', to: until, now: until });
    },
  };
};

/** Plays all arrivals of a contact, whose subject becomes what they make of it. What follows is gathered in `changes`. */
export const replay = async (
  contact: ContactRow,
  arrivals: readonly PastArrival[],
  changes: Changes,
  replaying: Replaying,
): Promise<void> => {
  const begun = beginReplay(contact, changes, replaying, arrivals.some(undoes));
  await begun.take(arrivals);
  await begun.finish();
};

const undoes = ({ input }: PastArrival): boolean => input.type === internalEvents.void;

/** Arrivals that are read, and held, at once. */
export const arrivalsAtOnce = 2_000;

/** All arrivals of a contact, in order, a page at a time. */
async function* arrivalsInPages(
  db: Queryable,
  contactId: string,
  page = arrivalsAtOnce,
): AsyncGenerator<PastArrival[]> {
  for (let after = 0; ;) {
    const arrivals = await readArrivals(db, contactId, after, page);
    if (arrivals.length > 0) yield arrivals;
    const last = arrivals.at(-1);
    if (!last || arrivals.length < page) return;
    after = last.seq;
  }
}

/** Plays a past that is too long to be held at once. `each` is called after each page. */
export const replayLong = async (
  db: Queryable,
  contact: ContactRow,
  changes: Changes,
  replaying: Replaying & { page?: number; each: () => Promise<void> | void },
): Promise<void> => {
  const begun = beginReplay(contact, changes, replaying, await hasArrivalOf(db, contact.id, internalEvents.void));
  for await (const arrivals of arrivalsInPages(db, contact.id, replaying.page)) {
    await begun.take(arrivals);
    await replaying.each();
  }
  await begun.finish();
};

/** All arrivals of a contact, in order. */
export const arrivalsOf = async (db: Queryable, contactId: string): Promise<PastArrival[]> => {
  const all: PastArrival[] = [];
  for await (const arrivals of arrivalsInPages(db, contactId)) for (const arrival of arrivals) all.push(arrival);
  return all;
};

/** The pasts of some contacts, and who of them has to wait for another time. */
interface Pasts {
  /** In the order of their ids. Without arrivals: nothing ever came for it. */
  whole: { id: string; arrivals: PastArrival[] }[];
  /** The first one's past is longer than what is read at once; then `whole` is empty. */
  long: string | null;
  rest: string[];
}

/** The pasts of as many of these contacts, given in the order of their ids, as have no more than so many arrivals together. */
export const readPasts = async (db: Queryable, ids: readonly string[], limit = arrivalsAtOnce): Promise<Pasts> => {
  const arrivals = await readArrivalsOf(db, ids, limit);
  const byContact = new Map<string, PastArrival[]>();
  for (const arrival of arrivals) {
    const known = byContact.get(arrival.contactId);
    if (known) known.push(arrival);
    else byContact.set(arrival.contactId, [arrival]);
  }
  // Of the last one there may be more than was read.
  const cut = arrivals.length === limit ? (arrivals.at(-1)?.contactId ?? null) : null;
  const end = cut === null ? ids.length : ids.indexOf(cut);
  if (end === 0 && cut !== null) return { whole: [], long: cut, rest: ids.slice(1) };
  const whole = ids.slice(0, end).map((id) => ({ id, arrivals: byContact.get(id) ?? [] }));
  return { whole, long: null, rest: ids.slice(end) };
};

/** All arrivals of contacts, who are few enough to be held at once. */
export const arrivalsOfMany = async (db: Queryable, ids: readonly string[]): Promise<Map<string, PastArrival[]>> => {
  const byContact = new Map<string, PastArrival[]>();
  for (let left = ids.toSorted(); left.length > 0;) {
    const { whole, long, rest } = await readPasts(db, left, 5 * arrivalsAtOnce);
    for (const { id, arrivals } of whole) byContact.set(id, arrivals);
    if (long !== null) byContact.set(long, await arrivalsOf(db, long));
    left = rest;
  }
  return byContact;
};

/** Two contacts' arrivals as one list: each keeps its own order, and the one accepted first goes first. */
export const interleave = (own: readonly PastArrival[], taken: readonly PastArrival[]): PastArrival[] => {
  const merged: PastArrival[] = [];
  let a = 0;
  let b = 0;
  for (;;) {
    const mine = own[a];
    const other = taken[b];
    if (mine && (!other || mine.accepted <= other.accepted)) {
      merged.push(mine);
      a++;
    } else if (other) {
      merged.push(other);
      b++;
    } else return merged;
  }
};
