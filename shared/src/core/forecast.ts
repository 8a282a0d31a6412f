import type { FactBook } from './facts.ts';
import type { Program } from './program.ts';
import type { StageMove } from './result.ts';
import { step } from './step.ts';
import type { Subject } from './subject.ts';

/** What happens to a contact if nothing more arrives. */
export interface Forecast {
  /** The next stage move, with the moment it falls on. */
  move: StageMove | null;
  /** Moments up to the move at which something changes, ms. */
  dues: number[];
}

/** Longest chain of dues that a forecast follows. */
const mostDues = 1_000;

/** Follows the dues of a contact, in memory, to its next stage move or to `until` (ms). `facts` is used up. */
export const forecast = (program: Program, subject: Subject, facts: FactBook, until: number): Forecast => {
  const dues: number[] = [];
  let current = subject;
  while (dues.length < mostDues) {
    const due = current.nextDueAt;
    if (due === null || due > until) break;
    const result = step(program, current, { kind: 'tick', to: due, now: due }, facts);
    dues.push(due);
    if (result.moves[0]) return { move: result.moves[0], dues };
    current = result.subject;
  }
  return { move: null, dues };
};
