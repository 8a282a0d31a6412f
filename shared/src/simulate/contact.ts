import { needs } from '../core/needs.ts';
import type { Program } from '../core/program.ts';
import type { TickInput } from '../core/result.ts';
import { step } from '../core/step.ts';
import { newSubject, type Subject } from '../core/subject.ts';
import { History } from './history.ts';
import { RunLog } from './run-log.ts';

/** A contact in the simulator: its state, its past, and what it looked like at the moments asked for. */
export class SimulatedContact {
  readonly id: string;
  subject: Subject;
  readonly history = new History();
  readonly runs = new RunLog();
  readonly #looks = new Map<number, Subject>();

  constructor(id: string, generation: number) {
    this.id = id;
    this.subject = newSubject(id, generation);
  }

  /** Remembers the state as of each of these moments that lies before `before`, ms. A look leaves no trace. */
  look(program: Program, moments: readonly number[], before: number): void {
    for (const at of moments) if (at < before && !this.#looks.has(at)) this.#looks.set(at, this.#asOf(program, at));
  }

  /** The state as of a moment that was looked at; else the present one. */
  seenAt(at: number): Subject {
    return this.#looks.get(at) ?? this.subject;
  }

  #asOf(program: Program, at: number): Subject {
    const { subject } = this;
    // Nothing is known of a time that has passed; nothing happens to those to whom nothing happened.
    if (subject.clock > at || subject.clock === 0) return subject;
    const tick: TickInput = { kind: 'tick', to: at, now: at };
    try {
      return step(program, subject, tick, this.history.load(needs(program, subject, [tick]))).subject;
    } catch {
      // What falls due and throws becomes a dead letter when time really passes; a look only sees what is there.
      return subject;
    }
  }
}
