import { Schedules, type Round } from '../automation/rounds.ts';
import type { IdentityKeys } from '../contract/identity.ts';
import { isAsking, type Asking } from '../core/runs/asking.ts';
import { compile } from '../core/compile.ts';
import { dueByDue } from '../core/due-by-due.ts';
import { internalEvents } from '../core/arrivals/internal-events.ts';
import { clockArrival } from '../core/runs/schedules.ts';
import { needs } from '../core/needs.ts';
import type { Program, Watch } from '../core/program.ts';
import type { EventInput, Input, StepResult } from '../core/result.ts';
import { step } from '../core/step.ts';
import type { Subject } from '../core/subject.ts';
import type { Definitions } from '../model/definitions.ts';
import { Answerer, type Answer } from './answerer.ts';
import type { SimulatedContact } from './contact.ts';
import { SimulatedContacts } from './contacts.ts';
import { readMessage } from './message.ts';
import { withdrawal, type Outside } from './outside.ts';
import type { RunSummary, SimulationRecord } from './records.ts';
import { reportLead, reportRun, reportScores, reportStep } from './report.ts';

export interface SimulatorOptions {
  definitions: Definitions;
  /** Generation of the ledger that is written: ids derive from it. */
  generation?: number;
  /**
   * Who answers what runs ask: the events themselves (`recorded`), or the simulator at once, by round robin over the
   * queue's available reps (`assumed`).
   */
  answers?: 'recorded' | 'assumed';
  /** With assumed answers: what happens outside. */
  outside?: Outside;
  /** Who runs the schedules of automations: the events themselves (`recorded`), or the simulator at their moments (`assumed`). */
  schedules?: 'recorded' | 'assumed';
  /** As a historical load: nobody is paged. */
  historical?: boolean;
  /** Moments, ms, at which every contact's scores are wanted. */
  scoresAt?: readonly number[];
  /** Everything that happens, in order. */
  emit: (record: SimulationRecord) => void;
  /** Every question that an automation asks. */
  watch?: Watch | null;
}

export interface TakeOptions {
  /** Received at this moment, ms; without it messages say so themselves. */
  receivedAt?: number;
  /** Where it came from, for dead letters and for ids of messages that have none. */
  line?: number;
  /** Messages that arrive after this moment, ms, are left out. */
  until?: number;
}

export interface SimulatorCounts {
  taken: number;
  duplicates: number;
  deadLetters: number;
}

/**
 * The core in memory, without server, clock or database: takes messages of the tracking API in order of arrival and says
 * what they lead to. Lanes do the same in Postgres; same arrivals, same ledger. A merge replays both contacts' arrivals, so
 * they are all kept in memory.
 */
export class Simulator {
  readonly counts: SimulatorCounts = { taken: 0, duplicates: 0, deadLetters: 0 };
  readonly #options: Required<Omit<SimulatorOptions, 'definitions'>>;
  readonly #contacts: SimulatedContacts;
  readonly #answerer: Answerer;
  readonly #messages = new Set<string>();
  /** Ids of what runs asked. */
  readonly #asked = new Set<string>();
  #program: Program;
  /** Arrivals so far. */
  #accepted = 0;
  /** While a ledger is rebuilt nothing goes outward. */
  #silent = false;
  #schedules: Schedules;
  /** Up to here schedules were run, ms; null before the first arrival. */
  #scheduledTo: number | null = null;

  constructor(options: SimulatorOptions) {
    const { definitions, ...rest } = options;
    this.#options = {
      generation: 1,
      answers: 'assumed',
      schedules: 'recorded',
      historical: false,
      watch: null,
      ...rest,
      outside: rest.outside ?? {},
      scoresAt: [...(rest.scoresAt ?? [])].sort((a, b) => a - b),
    };
    this.#contacts = new SimulatedContacts(this.#options.generation);
    this.#answerer = new Answerer(definitions.queues, this.#options.outside);
    this.#program = this.#compiled(definitions);
    this.#schedules = new Schedules(this.#program);
  }

  /** New definitions count for messages taken from now on; somebody else may answer, and run schedules, from then on. */
  publish(definitions: Definitions, others: Pick<SimulatorOptions, 'answers' | 'schedules'> = {}): void {
    this.#program = this.#compiled(definitions);
    this.#answerer.publish(definitions.queues);
    this.#schedules = new Schedules(this.#program);
    Object.assign(this.#options, others);
  }

  /** When a schedule lets contacts enter next, ms; null where none does. */
  get nextRound(): number | null {
    if (this.#options.schedules === 'recorded' || this.#scheduledTo === null) return null;
    return this.#schedules.next(this.#scheduledTo)[0]?.at ?? null;
  }

  /** Calls by this user id are this contact's. */
  know(contactId: string, userId: string): void {
    this.#contacts.know(contactId, userId);
  }

  /** A contact who was there before. */
  begin(subject: Subject): void {
    this.#contacts.of(subject.id).subject = subject;
  }

  get program(): Program {
    return this.#program;
  }

  /** A contact's runs that wait. */
  waiting(contactId: string): RunSummary[] {
    return this.#contacts.find(contactId)?.runs.waiting() ?? [];
  }

  /**
   * One message. What cannot be used becomes a dead letter; it never throws for what a sender wrote. Returns false when it
   * arrives after `until`.
   */
  take(raw: unknown, options: TakeOptions = {}): boolean {
    const line = options.line ?? null;
    const read = readMessage(raw, {
      messageId: line === null ? `message:${this.counts.taken + this.counts.deadLetters + 1}` : `line:${line}`,
      receivedAt: options.receivedAt ?? null,
      historical: this.#options.historical,
    });
    if (!read.ok) {
      this.#deadLetter({ line, messageId: read.messageId, contact: null, reason: read.reason });
      return true;
    }
    if (options.until !== undefined && read.event.arrivedAt > options.until) return false;
    this.#runSchedules(read.event.arrivedAt);
    if (this.#messages.has(read.event.messageId)) {
      this.counts.duplicates++;
      return true;
    }
    this.#messages.add(read.event.messageId);
    const contactId =
      'contact' in read.whose
        ? this.#contacts.current(read.whose.contact)
        : this.#identify(read.whose.identity, read.event.arrivedAt);
    this.#arrive(this.#contacts.of(contactId), read.event, line);
    this.counts.taken++;
    return true;
  }

  /** A line that is not even a message. */
  refuse(line: number, reason: string): void {
    this.#deadLetter({ line, messageId: null, contact: null, reason });
  }

  /** Time is now `to` for everybody: what falls due up to then happens, contact after contact in order of their ids. */
  advance(to: number): void {
    this.#runSchedules(to);
    for (const contact of this.#contacts.inOrder()) {
      contact.look(this.#program, this.#options.scoresAt, to + 1);
      this.#tickTo(contact, to, to);
      if (contact.subject.clock < to) this.#apply(contact, { kind: 'tick', to, now: to });
    }
  }

  /** Writes what is left: runs that still wait, and the scores asked for. */
  finish(): void {
    const { emit, scoresAt } = this.#options;
    for (const contact of this.#contacts.inOrder())
      for (const run of contact.runs.waiting()) reportRun(emit, contact.subject, run);
    const last = scoresAt.at(-1);
    if (last === undefined) return;
    for (const contact of this.#contacts.inOrder()) contact.look(this.#program, scoresAt, last + 1);
    for (const contact of this.#contacts.inOrder())
      for (const at of scoresAt) reportScores(emit, this.#program, contact.seenAt(at), at);
  }

  /** A contact's state; undefined when nothing happened to it. */
  subject(contactId: string): Subject | undefined {
    return this.#contacts.find(contactId)?.subject;
  }

  /** All contacts in order of their ids. */
  subjects(): Subject[] {
    return this.#contacts.inOrder().map((contact) => contact.subject);
  }

  #compiled(definitions: Definitions): Program {
    return { ...compile(definitions), watch: this.#options.watch };
  }

  #identify(keys: IdentityKeys, at: number): string {
    const { contactId, merges } = this.#contacts.resolve(keys);
    for (const merge of merges) this.#merge(merge.survivor, merge.absorbed, at);
    return contactId;
  }

  #arrive(contact: SimulatedContact, event: EventInput, line: number | null): void {
    const arrivedAt = Math.max(event.arrivedAt, contact.subject.clock);
    this.#passTime(contact, arrivedAt);
    this.#apply(contact, { ...event, arrivedAt: Math.max(arrivedAt, contact.subject.clock) }, line);
  }

  /** Lets those whom schedules are about enter, at each of their moments up to `to`: what a round of the engine does. */
  #runSchedules(to: number): void {
    if (this.#options.schedules === 'assumed' && this.#scheduledTo !== null) {
      let rounds = this.#schedules.next(this.#scheduledTo);
      for (let at = rounds[0]?.at; at !== undefined && at <= to; at = rounds[0]?.at) {
        for (const round of rounds) for (const contact of this.#contacts.inOrder()) this.#enter(contact, round);
        rounds = this.#schedules.next(at);
      }
    }
    this.#scheduledTo = Math.max(this.#scheduledTo ?? to, to);
  }

  #enter(contact: SimulatedContact, { at, automation, whom }: Round): void {
    this.#passTime(contact, at);
    if (!whom.holds(contact.subject, contact.history.load(whom.needs(contact.subject, at)), at)) return;
    const { historical: backfilled } = this.#options;
    this.#arrive(contact, { ...clockArrival({ automation, at }, contact.id), arrivedAt: at, backfilled }, null);
  }

  /** What falls due before something arrives. However long ago it is seen from, a load's past pages nobody. */
  #passTime(contact: SimulatedContact, to: number): void {
    contact.look(this.#program, this.#options.scoresAt, to);
    this.#tickTo(contact, to, Infinity);
  }

  /** Each due at its own moment. Live it is noticed then; in a load it is seen from `now`. */
  #tickTo(contact: SimulatedContact, to: number, now: number): void {
    dueByDue(
      () => contact.subject,
      to,
      (due) => {
        const before = contact.subject;
        this.#apply(contact, { kind: 'tick', to: due, now: this.#options.historical ? now : due });
        return contact.subject !== before;
      },
    );
  }

  #apply(contact: SimulatedContact, input: Input, line: number | null = null, accepted?: number): void {
    const facts = contact.history.load(needs(this.#program, contact.subject, [input]));
    let result: StepResult;
    try {
      result = step(this.#program, contact.subject, input, facts);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#deadLetter({
        line,
        messageId: input.kind === 'event' ? input.messageId : null,
        contact: contact.id,
        reason,
      });
    }
    contact.subject = result.subject;
    contact.history.keep(result, input.kind === 'event' ? input : null, accepted ?? ++this.#accepted);
    reportStep(this.#options.emit, input, result, contact.runs.add(result.runs), this.#silent);
    if (this.#silent) return;
    if (input.kind === 'event' && this.#options.answers === 'assumed' && this.#options.outside.withdraws) {
      const withdrawn = withdrawal(this.#program, input, result);
      if (withdrawn) this.#apply(contact, withdrawn);
    }
    for (const effect of result.effects) {
      if (!isAsking(effect)) continue;
      this.#asked.add(effect.id);
      // A held ask pages nobody, so lanes too answer it at once.
      if (effect.held || this.#options.answers === 'assumed') this.#answer(contact, effect);
    }
  }

  #answer(contact: SimulatedContact, ask: Asking): void {
    const backfilled = ask.held !== null;
    if (ask.kind === 'deliver') {
      return this.#record(contact, ask.id, this.#answerer.respond(ask), ask.at, backfilled);
    }
    const { decision, ...answer } = this.#answerer.route(ask);
    reportLead(this.#options.emit, contact.id, ask, decision);
    this.#record(contact, ask.id, answer, ask.at, backfilled);
  }

  /** An answer arrives as an event of its contact. */
  #record(contact: SimulatedContact, ask: string, { port, detail }: Answer, at: number, backfilled: boolean): void {
    const messageId = `answer:${ask}`;
    this.#messages.add(messageId);
    this.#apply(contact, {
      kind: 'event',
      messageId,
      type: internalEvents.answer,
      properties: { ask, port, detail },
      fields: null,
      occurredAt: at,
      arrivedAt: Math.max(at, contact.subject.clock),
      backfilled,
    });
  }

  /** Two contacts turned out to be one: the survivor's ledger is written anew from both arrivals, without pages. */
  #merge(survivorId: string, absorbedId: string, at: number): void {
    const absorbed = this.#contacts.absorb(absorbedId, survivorId);
    if (!absorbed) return;
    const survivor = this.#contacts.of(survivorId);
    for (const contact of [absorbed, survivor]) this.#passTime(contact, at);
    const arrivals = [...survivor.history.arrivals, ...absorbed.history.arrivals].sort(
      (a, b) => a.accepted - b.accepted,
    );
    const generation = Math.max(survivor.subject.generation, absorbed.subject.generation) + 1;
    const rebuilt = this.#contacts.renew(survivorId, generation);
    this.#options.emit({ kind: 'merge', contact: survivorId, absorbed: absorbedId, generation, at });
    this.#silent = true;
    for (const { accepted, event } of arrivals) {
      const arrivedAt = Math.max(event.arrivedAt, rebuilt.subject.clock);
      rebuilt.look(this.#program, this.#options.scoresAt, arrivedAt);
      this.#apply(rebuilt, { ...event, arrivedAt }, null, accepted);
    }
    // What had fallen due before falls due inside the rebuild, so that it is silent too.
    const until = Math.max(survivor.subject.clock, absorbed.subject.clock);
    if (rebuilt.subject.nextDueAt !== null && rebuilt.subject.nextDueAt <= until) {
      this.#apply(rebuilt, { kind: 'tick', to: until, now: until });
    }
    this.#silent = false;
    this.#answerLost(rebuilt, at);
  }

  /** A rebuilt run may wait for an answer that was never asked for; as nothing is asked now, it is told that there is no one. */
  #answerLost(contact: SimulatedContact, at: number): void {
    for (const { waiting } of contact.subject.runs) {
      if (waiting.for !== 'answer' || this.#asked.has(waiting.ask)) continue;
      this.#record(contact, waiting.ask, { port: 'no_one', detail: { why: 'rebuilt' } }, at, true);
    }
  }

  #deadLetter(letter: { line: number | null; messageId: string | null; contact: string | null; reason: string }): void {
    this.counts.deadLetters++;
    this.#options.emit({ kind: 'dead_letter', ...letter });
  }
}
