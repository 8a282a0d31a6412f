import {
  compile,
  FactBook,
  needs,
  newSubject,
  step,
  type Definitions,
  type Input,
  type Program,
  type Subject,
} from '@ripen/shared';
import { loadContacts, type ContactRow } from '../store/contacts.ts';
import { definitionsAt } from '../store/definitions.ts';
import type { PastArrival } from '../store/events.ts';
import { loadFacts } from '../store/facts.ts';
import type { Queryable } from '../store/store.ts';
import { Changes } from './changes.ts';
import type { LaneDeps } from './deps.ts';
import { withModelsOf } from './programs.ts';
import { readPasts, replay, replayLong } from './replay.ts';

/** What becomes of a contact when definitions are published. */
export interface Future {
  contact: ContactRow;
  /** As of when scores are compared, ms. */
  moment: number;
  /** Applied from now on. */
  now: Subject;
  /** Rebuilt from history. */
  history: Subject;
}

/** Plays contacts, given in the order of their ids, through definitions to be; some at a time, in memory, reading only. */
export type Futures = (ids: readonly string[]) => AsyncGenerator<Future>;

/** Contacts whose arrivals are in memory at once. */
export const playedAtOnce = 50;

/** `definitions` are all that would be in force; `at`: the moment that contacts are looked at, ms. */
export const createFutures = (
  deps: LaneDeps,
  { definitions, next, at, signal }: { definitions: Definitions; next: Program; at: number; signal?: AbortSignal },
): Futures => {
  const { pool } = deps.store;
  const programs = programsOf(pool, definitions, next);
  return async function* (all) {
    for (let from = 0; from < all.length; from += playedAtOnce) {
      signal?.throwIfAborted();
      const ids = all.slice(from, from + playedAtOnce);
      const contacts = await loadContacts(pool, ids);
      const soon = await fromNowOn(pool, [...contacts.values()], next, at);
      for await (const { id, arrivals } of pastsOf(pool, ids)) {
        const contact = contacts.get(id);
        if (!contact) continue;
        const { subject } = contact;
        const moment = Math.max(at, subject.clock);
        // To whom nothing happened yet, nothing happens in any history.
        const isNew = subject.clock === 0;
        const history = isNew
          ? subject
          : await fromHistory(deps, contact, arrivals, programs, definitions.revision, moment);
        yield { contact, moment, now: (!isNew && soon.get(id)) || subject, history };
      }
    }
  };
};

type ProgramAt = (revision: number) => Promise<Program>;

/** Programs of earlier revisions with the models to be, each compiled once. */
const programsOf = (db: Queryable, definitions: Definitions, next: Program): ProgramAt => {
  const known = new Map<number, Promise<Program>>([[definitions.revision, Promise.resolve(next)]]);
  return (revision) => {
    const program =
      known.get(revision) ?? definitionsAt(db, revision).then((then) => compile(withModelsOf(then, definitions)));
    known.set(revision, program);
    return program;
  };
};

/** What becomes of contacts at once when the documents are published. */
const fromNowOn = async (
  db: Queryable,
  contacts: readonly ContactRow[],
  program: Program,
  at: number,
): Promise<Map<string, Subject>> => {
  const asked = contacts.map(({ id, subject, heldBy }) => {
    // Whose clock a historical load holds is looked at where it stands.
    const to = heldBy === null ? Math.max(at, subject.clock) : subject.clock;
    const tick: Input = { kind: 'tick', to, now: to };
    const wanted = needs(program, subject, [tick]);
    return { contactId: id, generation: subject.generation, needs: wanted, book: new FactBook(), subject, tick };
  });
  await loadFacts(db, asked);
  return new Map(
    asked.map(({ contactId, subject, tick, book }) => {
      book.commit();
      return [contactId, step(program, subject, tick, book).subject];
    }),
  );
};

/** Null: too many to be held at once. */
type Past = readonly PastArrival[] | null;

/** What arrived for contacts, one after the other. */
async function* pastsOf(db: Queryable, ids: readonly string[]): AsyncGenerator<{ id: string; arrivals: Past }> {
  for (let left = ids; left.length > 0;) {
    const { whole, long, rest } = await readPasts(db, left);
    yield* whole;
    if (long !== null) yield { id: long, arrivals: null };
    left = rest;
  }
}

const fromHistory = async (
  deps: LaneDeps,
  contact: ContactRow,
  arrivals: Past,
  programAt: ProgramAt,
  revision: number,
  moment: number,
): Promise<Subject> => {
  const nobody = { ...contact, subject: newSubject(contact.id, contact.subject.generation) };
  const until = contact.heldBy === null ? moment : contact.subject.clock;
  const changes = new Changes();
  const replaying = { programAt, logger: deps.store.logger, until, revision };
  if (arrivals) await replay(nobody, arrivals, changes, replaying);
  else {
    // Nobody asks for them: only the state counts.
    const each = (): void => void (changes.entries.length = 0);
    await replayLong(deps.store.pool, nobody, changes, { ...replaying, each });
  }
  return nobody.subject;
};
