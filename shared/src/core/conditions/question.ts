import type { Condition } from '../../model/condition.ts';
import { widest } from '../asks.ts';
import { compileCondition } from './conditions.ts';
import { FactBook } from '../facts.ts';
import type { Needs } from '../needs.ts';
import type { Program } from '../program.ts';
import type { Subject } from '../subject.ts';
import { Work } from '../work.ts';

/** A condition asked of contacts as they are. Changes nothing. */
export interface Question {
  /** The past that the answer for a contact at a moment depends on. */
  needs(subject: Subject, at: number): Needs;
  /** Whether any past is needed at all. */
  readonly looksBack: boolean;
  /** False: it does not hold, whatever the past. */
  may(subject: Subject, at: number): boolean;
  /** The answer at a moment, ms, at which nothing is due that was not applied. Before the contact's clock, that counts. */
  holds(subject: Subject, facts: FactBook, at: number): boolean;
}

const nothing = new FactBook();

/**
 * Makes a question of a condition that has passed `validate`, with the segments and models of a program. `must`: conditions of
 * which each holds wherever it does; what they tell without the past spares looking for it.
 */
export const question = (program: Program, condition: Condition, must: readonly Condition[] = []): Question => {
  const compiled = compileCondition(condition, program.segmentOf);
  const past = widest(compiled.past);
  const plain = must.map((part) => compileCondition(part, program.segmentOf)).filter((part) => part.past.length === 0);
  const momentOf = (subject: Subject, at: number): number => Math.max(at, subject.clock);
  return {
    looksBack: past.length > 0,
    may: (subject, at) => {
      const work = new Work(program, subject, nothing);
      work.at = momentOf(subject, at);
      return plain.every((part) => part.holds(work));
    },
    needs: (subject, at) => ({
      events: past.map(({ type, withinMs, latest }) => ({
        type,
        after: withinMs === null ? null : momentOf(subject, at) - withinMs,
        latest,
      })),
      counted: [],
      expiringUntil: null,
      stepsAfter: null,
      ledger: false,
    }),
    holds: (subject, facts, at) => {
      const work = new Work(program, subject, facts);
      work.at = momentOf(subject, at);
      return compiled.holds(work);
    },
  };
};
