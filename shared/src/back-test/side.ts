import type { Round } from '../automation/rounds.ts';
import { isAsking, type Asking } from '../core/runs/asking.ts';
import { dueByDue } from '../core/due-by-due.ts';
import type { FactBook } from '../core/facts.ts';
import { answeredBy } from '../core/arrivals/internal-events.ts';
import { eventOf, type Program } from '../core/program.ts';
import type { Effect, EventInput, Input, LedgerEntry, RunChange, StageMove, StepResult } from '../core/result.ts';
import { clockArrival } from '../core/runs/schedules.ts';
import { earnedAtOf, step } from '../core/step.ts';
import type { Subject } from '../core/subject.ts';

/** An arrival of the past, and the revision of the definitions that it counted under. */
export interface BackTestArrival {
  revision: number;
  input: EventInput;
}

/** A run as a side knows it: what all steps did to it, as one. */
export type SideRun = Omit<RunChange, 'started'>;

/** What happened to a contact on one side, in order. */
export interface Happened {
  entries: LedgerEntry[];
  moves: StageMove[];
  effects: Effect[];
  runs: Map<string, SideRun>;
  /** Why something that looks as if it should have counted did not. */
  notes: { at: number; note: string }[];
}

/** What all sides of a contact share. */
export interface Rules {
  /** The automation that the two sides differ in, whose schedules are run anew on each; null: neither version has any. */
  scheduled: string | null;
  /** The answer that a question would have had whose real one is not known, at the clock that it was asked at, ms. */
  answer: (ask: Asking, clock: number) => EventInput;
  /** Told when an input cannot be replayed; the rest goes on. */
  failed: (input: Input, error: unknown) => void;
  /** Event types that a condition of some program may ask for: their past is kept, whichever program takes them. */
  remembered: ReadonlySet<string>;
}

const nothing = (): Happened => ({ entries: [], moves: [], effects: [], runs: new Map(), notes: [] });

/** A contact on its way through its arrivals, in memory. */
export class Side {
  subject: Subject;
  readonly happened = nothing();
  readonly #book: FactBook;
  readonly #rules: Rules;
  /** Questions that were asked on this side. */
  readonly #asked: Set<string>;
  /** Of what was before the window only the questions are of interest. */
  readonly #keeps: boolean;

  constructor(subject: Subject, book: FactBook, rules: Rules, asked?: ReadonlySet<string>) {
    this.subject = subject;
    this.#book = book;
    this.#rules = rules;
    this.#asked = new Set(asked);
    this.#keeps = asked !== undefined;
  }

  /** Another side that goes its own way from here. `adopt`: the state as the program of that side takes it over. */
  fork(adopt: (subject: Subject, book: FactBook) => Subject): Side {
    const book = this.#book.copy();
    return new Side(adopt(this.subject, book), book, this.#rules, this.#asked);
  }

  /** Arrivals as they came, with everything that fell due in between. */
  replay(
    arrivals: readonly BackTestArrival[],
    from: number,
    to: number,
    programAt: (revision: number) => Program,
  ): void {
    for (let index = from; index < to; index++) {
      const arrival = arrivals[index] as BackTestArrival; // within bounds
      const { input } = arrival;
      const program = programAt(Math.max(arrival.revision, this.subject.revision));
      this.#apply(program, { ...input, arrivedAt: Math.max(input.arrivedAt, this.subject.clock) });
    }
  }

  /** Time goes on to `to`, ms; dues fall one by one, so that what is asked at one of them is answered before the next. */
  pass(program: Program, to: number, ahead: ReadonlySet<string>): void {
    if (this.subject.revision !== program.revision) return;
    dueByDue(
      () => this.subject,
      to,
      (due) => {
        const before = this.subject;
        const result = this.#apply(program, { kind: 'tick', to: due, now: due });
        if (result) this.#answer(program, result, ahead);
        return this.subject !== before;
      },
    );
  }

  /** Brings the contact up to a moment and to the definitions of its program. */
  end(program: Program, until: number, ahead: ReadonlySet<string>): void {
    this.pass(program, until, ahead);
    const { nextDueAt, revision, clock } = this.subject;
    if (clock === 0 || ((nextDueAt === null || nextDueAt > until) && revision === program.revision)) return;
    const result = this.#apply(program, { kind: 'tick', to: Math.max(until, clock), now: until });
    if (result) this.#answer(program, result, ahead);
  }

  /** One arrival; the answer to a question that this side did not ask is not for it. `ahead`: whose real answers still come. */
  take(program: Program, { input }: BackTestArrival, ahead: Set<string>): void {
    this.pass(program, input.arrivedAt, ahead);
    const ask = answeredBy(input);
    if (ask !== null) {
      // Under newer definitions, what is due falls with the arrival itself; that may be what asks.
      if (!this.#asked.has(ask)) this.end(program, input.arrivedAt, ahead);
      ahead.delete(ask);
      if (!this.#asked.has(ask)) return;
    }
    const result = this.#apply(program, { ...input, arrivedAt: Math.max(input.arrivedAt, this.subject.clock) });
    if (result) this.#answer(program, result, ahead);
  }

  /** Lets the contact enter by a schedule, if the round is about it then. */
  enter(program: Program, { at, automation, whom }: Round, ahead: ReadonlySet<string>): void {
    this.pass(program, at, ahead);
    if (this.subject.clock === 0 || !whom.holds(this.subject, this.#book, at)) return;
    const result = this.#apply(program, {
      ...clockArrival({ automation, at }, this.subject.id),
      arrivedAt: Math.max(at, this.subject.clock),
      backfilled: false,
    });
    if (result) this.#answer(program, result, ahead);
  }

  #answer(program: Program, result: StepResult, ahead: ReadonlySet<string>): void {
    for (const effect of result.effects) {
      if (!isAsking(effect) || ahead.has(effect.id)) continue;
      const answered = this.#apply(program, this.#rules.answer(effect, this.subject.clock));
      if (answered) this.#answer(program, answered, ahead);
    }
  }

  #apply(program: Program, input: Input): StepResult | null {
    let result: StepResult;
    try {
      result = step(program, this.subject, input, this.#book);
    } catch (error) {
      this.#rules.failed(input, error);
      return null;
    }
    this.subject = result.subject;
    if (input.kind === 'event') this.#remember(program, input);
    for (const effect of result.effects) if (isAsking(effect)) this.#asked.add(effect.id);
    if (this.#keeps) this.#keep(result);
    return result;
  }

  #keep(result: StepResult): void {
    for (const effect of result.effects) this.happened.effects.push(effect);
    for (const entry of result.entries) this.happened.entries.push(entry);
    for (const move of result.moves) this.happened.moves.push(move);
    for (const note of result.notes) this.happened.notes.push({ at: result.subject.clock, note });
    for (const change of result.runs) this.#run(change);
  }

  /** The step keeps what its own program may ask for; another program may ask for more. */
  #remember(program: Program, input: EventInput): void {
    const { type } = input;
    if (!this.#rules.remembered.has(type) || eventOf(program, type).remembered) return;
    this.#book.addEvent(type, { at: earnedAtOf(input), properties: input.properties });
    this.#book.commit();
  }

  #run({ started: _, ...change }: RunChange): void {
    const { runs } = this.happened;
    const earlier = runs.get(change.id);
    runs.set(change.id, earlier ? { ...change, steps: [...earlier.steps, ...change.steps] } : change);
  }
}
