import {
  earnedAtOf,
  FactBook,
  needs,
  newSubject,
  step,
  type Counted,
  type EventInput,
  type Needs,
  type Program,
  type Properties,
  type StepResult,
  type Subject,
} from '@ripen/shared';

export interface CoreInput {
  contact: string;
  event: EventInput;
}

/** An earlier event of a type that definitions look back at. */
interface EventRow {
  type: string;
  at: number;
  properties: string;
}

interface Work {
  contact: string;
  subject: Subject;
  facts: FactBook;
  inputs: EventInput[];
  needs: Needs;
}

const noNeeds: Needs = { events: [], counted: [], expiringUntil: null, stepsAfter: null, ledger: false };

/**
 * What a lane does with a batch, with memory in the place of Postgres: states lie there as JSON, facts as rows. Only the
 * core is on the clock: naming what is needed and stepping; loading and storing are not.
 */
export class CoreDriver {
  readonly #program: Program;
  readonly #states = new Map<string, string>();
  readonly #counted = new Map<string, Counted[]>();
  /** In order of time, as they come in. */
  readonly #events = new Map<string, EventRow[]>();
  /** Time spent in the core, ms. */
  coreMs = 0;
  entries = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  apply(batch: readonly CoreInput[]): void {
    const works = this.#load(batch);
    this.coreMs += timed(() => {
      for (const work of works) work.needs = needs(this.#program, work.subject, work.inputs);
    });
    for (const work of works) this.#loadFacts(work);
    const results: { contact: string; input: EventInput; result: StepResult }[] = [];
    this.coreMs += timed(() => {
      for (const work of works) {
        for (const input of work.inputs) {
          const result = step(this.#program, work.subject, input, work.facts);
          work.subject = result.subject;
          results.push({ contact: work.contact, input, result });
        }
      }
    });
    for (const { contact, input, result } of results) {
      this.entries += result.entries.length;
      this.#counted.set(contact, [...(this.#counted.get(contact) ?? []), ...result.counted]);
      this.#keep(contact, input);
    }
    for (const { contact, subject } of works) this.#states.set(contact, JSON.stringify(subject));
  }

  #load(batch: readonly CoreInput[]): Work[] {
    const works = new Map<string, Work>();
    for (const { contact, event } of batch) {
      let work = works.get(contact);
      if (!work) {
        const state = this.#states.get(contact);
        // Written by `apply` only.
        const subject = state === undefined ? newSubject(contact) : (JSON.parse(state) as Subject);
        work = { contact, subject, facts: new FactBook(), inputs: [], needs: noNeeds };
        works.set(contact, work);
      }
      work.inputs.push(event);
    }
    return [...works.values()];
  }

  #keep(contact: string, input: EventInput): void {
    if (!this.#program.events.get(input.type)?.remembered) return;
    const row = { type: input.type, at: earnedAtOf(input), properties: JSON.stringify(input.properties) };
    const rows = this.#events.get(contact);
    if (rows) rows.push(row);
    else this.#events.set(contact, [row]);
  }

  #loadFacts({ contact, facts, needs: named }: Work): void {
    if (named.expiringUntil !== null || named.ledger) throw new Error('The workload is not made for such facts.');
    const rows = this.#counted.get(contact) ?? [];
    for (const { counter, value, after } of named.counted) {
      for (const row of rows) {
        if (row.counter === counter && (value === null || row.value === value) && row.at > after) facts.addCounted(row);
      }
    }
    for (const { type, after, latest } of named.events) {
      const past = (this.#events.get(contact) ?? []).filter((row) => row.type === type && row.at > (after ?? 0));
      for (const { at, properties } of latest === null ? past : past.slice(-latest))
        facts.addEvent(type, { at, properties: JSON.parse(properties) as Properties }); // Written by `#keep` only.
    }
    facts.commit();
  }
}

const timed = (work: () => void): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};
