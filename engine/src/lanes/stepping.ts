import {
  dueByDue,
  earnedAtOf,
  FactBook,
  isAsking,
  liveWindowMs,
  needs,
  step,
  type EventInput,
  type Input,
  type Needs,
  type StepResult,
} from '@ripen/shared';
import type { ContactRow } from '../store/contacts.ts';
import type { DeadLetter } from '../store/dead-letters.ts';
import { describeError } from '../store/errors.ts';
import { loadFacts, type FactRequest } from '../store/facts.ts';
import type { Queryable } from '../store/store.ts';
import { answerToPastAsk } from './answers.ts';
import type { Changes } from './changes.ts';
import type { Compiled } from './programs.ts';
import type { ContactWork, EventRow } from './work.ts';

/** A contact's work with what it needs to be stepped. */
interface Prepared {
  work: ContactWork;
  compiled: Compiled;
  book: FactBook;
  /** Whether what is asked now is asked in the past, where nobody outside can answer: in a historical load, and at old dues. */
  past: boolean;
}

/**
 * Steps every contact's inputs in order. What they need of the past is loaded for all of them at once. An input that throws
 * becomes a dead letter with its reason; the contact's other inputs go on.
 */
export const stepContacts = async (
  db: Queryable,
  works: Iterable<ContactWork>,
  programs: ReadonlyMap<number, Compiled>,
  now: number,
  changes: Changes,
): Promise<void> => {
  const prepared: Prepared[] = [];
  const requests: FactRequest[] = [];
  for (const work of works) {
    const compiled = programs.get(work.revision);
    if (!compiled) throw new Error(`Revision ${work.revision} was not loaded.`);
    const book = new FactBook();
    const wanted = nameNeeds(work, compiled, now, changes);
    if (wanted)
      requests.push({ contactId: work.contact.id, generation: work.contact.subject.generation, needs: wanted, book });
    prepared.push({ work, compiled, book, past: work.contact.heldBy !== null });
  }
  await loadFacts(db, requests);
  for (const each of prepared) {
    // What was loaded is the past: a step that throws must not take it back.
    each.book.commit();
    for (const row of each.work.events) applyRow(each, row, changes);
    if (each.work.tick) applyTick(each, now, changes);
  }
};

const inputsOf = ({ contact, events, tick }: ContactWork, now: number): Input[] => {
  const inputs: Input[] = events.map((row) => inputOf(row, contact));
  if (tick) inputs.push({ kind: 'tick', to: now, now });
  return inputs;
};

/** An arrival as the core takes it: its moment never lies before the contact's clock, its date never in the future. */
const inputOf = ({ body, receivedAt }: EventRow, { subject }: ContactRow): EventInput => {
  const arrivedAt = Math.max(receivedAt, subject.clock);
  return {
    kind: 'event',
    messageId: body.messageId,
    type: body.type,
    properties: body.properties,
    fields: body.fields,
    occurredAt: earnedAtOf({ occurredAt: body.occurredAt, arrivedAt }),
    arrivedAt,
    backfilled: body.backfilled,
  };
};

/**
 * What the inputs ask of the past. Inputs of which not even that can be said are taken out as dead letters; almost always
 * there are none, and one call says so.
 */
const nameNeeds = (work: ContactWork, { program }: Compiled, now: number, changes: Changes): Needs | null => {
  const { contact } = work;
  try {
    return needs(program, contact.subject, inputsOf(work, now));
  } catch {
    work.events = work.events.filter((row) => {
      const failure = failureOf(() => needs(program, contact.subject, [inputOf(row, contact)]));
      if (failure) changes.deadLetters.push(letterOfRow(row, failure.error));
      return failure === null;
    });
  }
  if (work.tick) {
    const failure = failureOf(() => needs(program, contact.subject, [{ kind: 'tick', to: now, now }]));
    if (failure) stopTicking(work, now, failure.error, changes);
  }
  const rest = inputsOf(work, now);
  return rest.length > 0 ? needs(program, contact.subject, rest) : null;
};

const failureOf = (act: () => unknown): { error: unknown } | null => {
  try {
    act();
    return null;
  } catch (error) {
    return { error };
  }
};

const applyRow = (each: Prepared, row: EventRow, changes: Changes): void => {
  const { work, compiled, book } = each;
  const input = inputOf(row, work.contact);
  let result: StepResult;
  try {
    applyPastDues(each, { until: input.arrivedAt, backfilled: work.contact.heldBy !== null }, row.id, changes);
    if (input.backfilled) applyLiveDues(each, input.arrivedAt, row.id, changes);
    result = step(compiled.program, work.contact.subject, input, book);
  } catch (error) {
    changes.deadLetters.push(letterOfRow(row, error));
    return;
  }
  record(each, input, row.id, result, changes);
};

/**
 * Dues that page nobody are applied one by one, so that what a run asks at one of them is answered at that moment, as it
 * was live: inside one step the answer would come after all of them, and the ledger would be another. Dues in the window of
 * the living are left to the step itself, whose asks are answered from outside. Throws what `step` throws.
 */
const applyPastDues = (
  each: Prepared,
  to: { until: number; backfilled: boolean },
  accepted: number,
  changes: Changes,
): void => {
  const { work, compiled, book } = each;
  const { contact } = work;
  if (!compiled.asks || contact.subject.revision !== compiled.program.revision) return;
  const past = { ...each, past: true };
  dueByDue(
    () => contact.subject,
    to.until,
    (due) => {
      if (!to.backfilled && to.until - due <= liveWindowMs) return false;
      // However long ago it is seen from: it pages nobody.
      const result = step(compiled.program, contact.subject, { kind: 'tick', to: due, now: Infinity }, book);
      if (result.subject === contact.subject) return false;
      changes.add(contact, result, compiled.program);
      answerPastAsks(past, result, accepted, changes);
      return true;
    },
  );
};

/**
 * A late event pages nobody, but what falls due for its contact just before it does, as if the lane had looked in time: within
 * the event's own step it would be held. In a historical load nothing is left to do here. Throws what `step` throws.
 */
const applyLiveDues = (each: Prepared, until: number, accepted: number, changes: Changes): void => {
  const { work, compiled, book } = each;
  const { contact } = work;
  if (contact.heldBy !== null || contact.subject.revision !== compiled.program.revision) return;
  const result = step(compiled.program, contact.subject, { kind: 'tick', to: until, now: until }, book);
  if (result.subject === contact.subject) return;
  changes.add(contact, result, compiled.program);
  answerPastAsks(each, result, accepted, changes);
};

const applyTick = (each: Prepared, now: number, changes: Changes): void => {
  const { work, compiled, book } = each;
  const { contact } = work;
  let result: StepResult;
  try {
    applyPastDues(each, { until: now, backfilled: false }, 0, changes);
    result = step(compiled.program, contact.subject, { kind: 'tick', to: now, now }, book);
  } catch (error) {
    stopTicking(work, now, error, changes);
    return;
  }
  changes.looked.set(contact.id, contact);
  if (result.subject === contact.subject) return;
  changes.add(contact, result, compiled.program);
  answerPastAsks(each, result, 0, changes);
};

/** Dues that cannot be applied are shown as a dead letter, and tried again later. */
const stopTicking = (work: ContactWork, now: number, error: unknown, changes: Changes): void => {
  work.tick = false;
  changes.looked.set(work.contact.id, work.contact);
  changes.stuck.add(work.contact.id);
  const body = { kind: 'tick', body: { to: now } };
  changes.deadLetters.push(
    letter(work.contact, { messageId: null, revision: work.revision, receivedAt: now, body, error }),
  );
};

const record = (each: Prepared, input: EventInput, accepted: number, result: StepResult, changes: Changes): void => {
  const { contact, revision } = each.work;
  changes.add(contact, result, each.compiled.program);
  const notes = result.notes.length > 0 ? result.notes : null;
  changes.events.push({ contactId: contact.id, accepted, input, revision, notes });
  answerPastAsks(each, result, accepted, changes);
};

/** Asks of the past are answered at their own moment, in the batch that asks; whether the lead pages anybody is another matter. */
const answerPastAsks = (each: Prepared, { effects }: StepResult, accepted: number, changes: Changes): void => {
  for (const effect of effects) {
    if (!isAsking(effect) || (effect.held === null && !each.past)) continue;
    const { work, compiled, book } = each;
    const { contact, revision } = work;
    const { clock } = contact.subject;
    const answer = answerToPastAsk(effect, compiled.definitions, clock);
    changes.answered.add(effect.id);
    if (answer.properties['port'] === 'routed') changes.routed.add(effect.id);
    try {
      record(each, answer, accepted, step(compiled.program, contact.subject, answer, book), changes);
    } catch (error) {
      const { kind: _, arrivedAt, ...event } = answer;
      const body = { kind: 'event', body: event };
      changes.deadLetters.push(
        letter(contact, { messageId: answer.messageId, revision, receivedAt: arrivedAt, body, error }),
      );
    }
  }
};

const letterOfRow = (row: EventRow, error: unknown): DeadLetter => {
  const { kind, body, revision, receivedAt } = row;
  return letter(
    { id: row.contactId, slot: row.slot },
    { messageId: body.messageId, revision, receivedAt, body: { kind, body }, error },
  );
};

const letter = (
  contact: { id: string; slot: number },
  about: { messageId: string | null; revision: number; receivedAt: number; body: unknown; error: unknown },
): DeadLetter => ({ contactId: contact.id, slot: contact.slot, ...about, error: describeError(about.error) });
