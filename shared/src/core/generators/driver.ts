import { FactBook } from '../facts.ts';
import { needs, type Needs } from '../needs.ts';
import type { Program } from '../program.ts';
import type {
  Effect,
  EventInput,
  Expiring,
  Input,
  LedgerEntry,
  RunChange,
  StageMove,
  StepResult,
  TrailStep,
} from '../result.ts';
import { earnedAtOf, step } from '../step.ts';
import { newSubject, type Subject } from '../subject.ts';

/** A run as its row would read after all changes. */
export interface RunRow extends Omit<RunChange, 'started' | 'steps'> {
  trail: TrailStep[];
}

/** All that a contact's inputs led to. */
export interface Outcome {
  subject: Subject;
  entries: LedgerEntry[];
  moves: StageMove[];
  effects: Effect[];
  runs: Map<string, RunRow>;
  notes: string[];
  /** What was applied, in order: another driver must get the same from it. */
  inputs: Input[];
}

interface CountedRow {
  counter: string;
  value: string;
  at: number;
}
interface EventRow {
  messageId: string;
  type: string;
  occurredAt: number;
  properties: EventInput['properties'];
}

/**
 * A driver in memory that keeps rows as a database would. A frugal one passes state through JSON before each batch, and
 * gives the batch a book with no more than `needs` names; the other gives it everything there is.
 */
export class TestDriver {
  readonly outcome: Outcome;
  #program: Program;
  #frugal: boolean;
  #events: EventRow[] = [];
  #counted: CountedRow[] = [];
  #expiring: Expiring[] = [];

  constructor(program: Program, { id = 'contact', frugal = false }: { id?: string; frugal?: boolean } = {}) {
    this.#program = program;
    this.#frugal = frugal;
    this.outcome = {
      subject: newSubject(id),
      entries: [],
      moves: [],
      effects: [],
      runs: new Map(),
      notes: [],
      inputs: [],
    };
  }

  /** What counters remember. */
  get counted(): readonly CountedRow[] {
    return this.#counted;
  }

  get subject(): Subject {
    return this.outcome.subject;
  }

  /** From now on under another revision of the definitions. */
  use(program: Program): void {
    this.#program = program;
  }

  /** Applies a batch; state goes through JSON before, as between any two batches of a database, and may not be written. */
  apply(arriving: readonly Input[]): void {
    const inputs = dated(arriving, this.outcome.subject.clock);
    if (this.#frugal) this.outcome.subject = deepFreeze(JSON.parse(JSON.stringify(this.outcome.subject)) as Subject);
    const facts = this.book(this.#frugal ? needs(this.#program, this.outcome.subject, [...inputs]) : null);
    const results: StepResult[] = [];
    for (const input of inputs) {
      const result = step(this.#program, this.outcome.subject, input, facts);
      this.#keep(input, result);
      results.push(result);
    }
    const expired = new Set(results.flatMap((result) => result.expired));
    this.#expiring = [...this.#expiring, ...results.flatMap((result) => result.expiring)].filter(
      (row) => !expired.has(row.entryId),
    );
  }

  tick(to: number, now = to): void {
    this.apply([{ kind: 'tick', to, now }]);
  }

  /** Ticks at each due moment up to `to`, as a lane with nothing else to do. */
  live(to: number): void {
    for (let due = this.subject.nextDueAt; due !== null && due <= to; due = this.subject.nextDueAt) this.tick(due);
  }

  /** The past as far as it is named; all of it for null. */
  book(named: Needs | null): FactBook {
    const facts = new FactBook();
    const { entries } = this.outcome;
    const types = new Set(this.#events.map((row) => row.type));
    const wanted = named?.events ?? [...types].map((type) => ({ type, after: null, latest: null }));
    const loaded = new Set<EventRow>();
    for (const want of wanted) {
      const rows = this.#events
        .filter((row) => row.type === want.type && (want.after === null || row.occurredAt > want.after))
        .sort((a, b) => a.occurredAt - b.occurredAt);
      for (const row of want.latest === null ? rows : rows.slice(-want.latest)) loaded.add(row);
    }
    for (const row of this.#events)
      if (loaded.has(row)) facts.addEvent(row.type, { at: row.occurredAt, properties: row.properties });
    const counted = this.#counted.filter(
      (row) =>
        named === null ||
        named.counted.some(
          (want) =>
            want.counter === row.counter && (want.value === null || want.value === row.value) && row.at > want.after,
        ),
    );
    for (const row of counted) facts.addCounted(row);
    if (named?.ledger ?? true) {
      facts.keepLedger(entries);
      for (const row of this.#events) facts.addProperties(row.messageId, row.properties);
    }
    const ordered = [...this.#expiring].sort((a, b) => a.expiresAt - b.expiresAt || a.seq - b.seq);
    for (const row of ordered.slice(0, expiringWanted(named === null ? Infinity : named.expiringUntil, ordered)))
      facts.addExpiring(row);
    const stepsAfter = named === null ? -Infinity : named.stepsAfter;
    for (const entry of entries) {
      if (entry.kind !== 'decay' || stepsAfter === null || entry.at <= stepsAfter) continue;
      facts.addStep({ model: entry.model, epoch: entry.epoch, at: entry.at, factors: entry.factors ?? {} });
    }
    facts.commit();
    return facts;
  }

  #keep(input: Input, result: StepResult): void {
    const { outcome } = this;
    outcome.subject = result.subject;
    outcome.entries.push(...result.entries);
    outcome.moves.push(...result.moves);
    outcome.effects.push(...result.effects);
    outcome.notes.push(...result.notes);
    outcome.inputs.push(input);
    for (const { started, steps, ...change } of result.runs) {
      const trail = [...(outcome.runs.get(change.id)?.trail ?? []), ...steps];
      if (started === outcome.runs.has(change.id))
        throw new Error(`run ${change.id} started ${started ? 'twice' : 'never'}`);
      outcome.runs.set(change.id, { ...change, trail });
    }
    this.#counted.push(...result.counted);
    for (const freed of result.freed) {
      const index = this.#counted.findIndex(
        (row) => row.counter === freed.counter && row.value === freed.value && row.at === freed.at,
      );
      if (index >= 0) this.#counted.splice(index, 1);
    }
    if (input.kind === 'event')
      this.#events.push({
        messageId: input.messageId,
        type: input.type,
        occurredAt: input.occurredAt,
        properties: input.properties,
      });
  }
}

/** Arrivals as drivers record them: none before the contact's clock, and none that says it happened later than it may. */
const dated = (inputs: readonly Input[], clock: number): Input[] => {
  let now = clock;
  return inputs.map((input) => {
    if (input.kind === 'tick') return input;
    const arrivedAt = Math.max(input.arrivedAt, now);
    const occurredAt = earnedAtOf({ occurredAt: input.occurredAt, arrivedAt });
    now = Math.max(arrivedAt, occurredAt);
    return { ...input, arrivedAt, occurredAt };
  });
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
};

/** How many rows of the ordered list a driver loads: those due, and the first one after. */
const expiringWanted = (until: number | null, ordered: readonly Expiring[]): number =>
  until === null ? 0 : ordered.filter((row) => row.expiresAt <= until).length + 1;
