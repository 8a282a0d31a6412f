import {
  FactBook,
  needs,
  newSubject,
  step,
  type Counted,
  type EventInput,
  type Needs,
  type Program,
  type StepResult,
  type Subject,
} from '@ripen/shared';
import { History } from '@ripen/shared/testing';

export interface CoreInput {
  contact: string;
  event: EventInput;
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
  /** All that happened to each contact, where definitions ask for more than counters. */
  readonly #pasts: Map<string, History> | null;
  #applied = 0;
  /** Time spent in the core, ms. */
  coreMs = 0;
  entries = 0;

  constructor(program: Program, { keepsPast = false }: { keepsPast?: boolean } = {}) {
    this.#program = program;
    this.#pasts = keepsPast ? new Map() : null;
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
      if (this.#pasts) this.#pasts.get(contact)?.keep(result, input, ++this.#applied);
      else if (result.counted.length > 0)
        this.#counted.set(contact, [...(this.#counted.get(contact) ?? []), ...result.counted]);
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

  #loadFacts(work: Work): void {
    const { contact, facts, needs: named } = work;
    if (this.#pasts) {
      const past = this.#pasts.get(contact) ?? new History();
      this.#pasts.set(contact, past);
      work.facts = past.load(named);
      return;
    }
    if (named.events.length > 0 || named.expiringUntil !== null)
      throw new Error('The workload is not made for such facts.');
    const rows = this.#counted.get(contact) ?? [];
    for (const { counter, value, after } of named.counted) {
      for (const row of rows) {
        if (row.counter === counter && (value === null || row.value === value) && row.at > after) facts.addCounted(row);
      }
    }
    facts.commit();
  }
}

const timed = (work: () => void): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};
