import { Schedules } from '../automation/rounds.ts';
import { FactBook } from '../core/facts.ts';
import { answeredBy, internalEvents } from '../core/arrivals/internal-events.ts';
import type { Program } from '../core/program.ts';
import { isByClock } from '../core/runs/schedules.ts';
import { adopt } from '../core/step.ts';
import { newSubject, type Subject } from '../core/subject.ts';
import { Side, type BackTestArrival, type Happened, type Rules } from './side.ts';

/** What counted under a revision, and what would have counted with either version of the automation in its place. */
export interface ProgramsThen {
  then: Program;
  live: Program;
  draft: Program;
}

export interface BackTestContact {
  id: string;
  generation: number;
  /** All that ever arrived, in order. */
  arrivals: readonly BackTestArrival[];
  /** Revision that the contact was brought up to last. */
  revision: number;
  /** Questions that wait for their real answer. */
  open: ReadonlySet<string>;
  /** How far its clock may go, ms. */
  until: number;
}

/** A contact at the end of the window on one side. */
export interface PlayedSide extends Happened {
  subject: Subject;
}

export interface Played {
  /** As the contact was when the window began. */
  before: Subject;
  live: PlayedSide;
  draft: PlayedSide;
}

/**
 * Plays a contact's arrivals: up to `from` (ms) as they were, then twice, with the live version and with the draft. What sales did
 * is taken as it happened on both sides; a question that nobody asked in reality is answered as `answer` says.
 */
export const playContact = (
  contact: BackTestContact,
  from: number,
  programsAt: (revision: number) => ProgramsThen,
  rules: Rules,
): Played => {
  const { id, generation, until } = contact;
  const arrivals = within(contact.arrivals, until);
  const first = firstSince(arrivals, from);
  const book = new FactBook();
  if (arrivals.some(({ input }) => input.type === internalEvents.void)) book.keepLedger([]);
  const past = new Side(newSubject(id, generation), book, rules);
  past.replay(arrivals, 0, first, (revision) => programsAt(revision).then);
  const answers = new Set(contact.open);
  for (const { input } of arrivals) {
    const ask = answeredBy(input);
    if (ask !== null) answers.add(ask);
  }
  if (past.subject.clock > 0) past.pass(programsAt(past.subject.revision).then, Math.min(from - 1, until), answers);
  const before = past.subject;
  const side = (which: 'live' | 'draft'): PlayedSide => {
    const own = past.fork((subject, facts) =>
      subject.clock === 0 ? subject : adopt(programsAt(subject.revision)[which], subject, facts),
    );
    const ahead = new Set(answers);
    // Nobody enters by a schedule who has not come in yet.
    let ran = own.subject.clock > 0 ? from - 1 : Infinity;
    const { scheduled } = rules;
    const runSchedules = (to: number): void => {
      if (scheduled === null) return;
      for (;;) {
        const program = programsAt(own.subject.revision)[which];
        const rounds = schedulesIn(program, scheduled).next(ran);
        const at = rounds[0]?.at;
        if (at === undefined || at > to) return;
        for (const round of rounds) own.enter(program, round, ahead);
        ran = at;
      }
    };
    for (let index = first; index < arrivals.length; index++) {
      const arrival = arrivals[index] as BackTestArrival; // within bounds
      if (scheduled !== null && isByClock(arrival.input, scheduled)) continue;
      if (ran === Infinity) ran = arrival.input.arrivedAt;
      else runSchedules(arrival.input.arrivedAt);
      own.take(programsAt(Math.max(arrival.revision, own.subject.revision))[which], arrival, ahead);
    }
    if (ran < Infinity) runSchedules(until);
    const revision = Math.max(contact.revision, own.subject.revision);
    if (own.subject.clock > 0) own.end(programsAt(revision)[which], until, ahead);
    return { ...own.happened, subject: own.subject };
  };
  return { before, live: side('live'), draft: side('draft') };
};

const schedules = new WeakMap<Program, Schedules>();

/** Of a program only one automation is ever asked for. */
const schedulesIn = (program: Program, automation: string): Schedules => {
  const known = schedules.get(program) ?? new Schedules(program, [automation]);
  schedules.set(program, known);
  return known;
};

/** What arrived up to a moment. */
const within = (arrivals: readonly BackTestArrival[], until: number): readonly BackTestArrival[] => {
  const last = arrivals.at(-1);
  if (!last || last.input.arrivedAt <= until) return arrivals;
  return arrivals.slice(0, firstSince(arrivals, until + 1));
};

/** The index of the first arrival at a moment or after it: a contact's arrivals are in order of time. */
const firstSince = (arrivals: readonly BackTestArrival[], at: number): number => {
  let low = 0;
  let high = arrivals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((arrivals[middle] as BackTestArrival).input.arrivedAt >= at) high = middle;
    else low = middle + 1;
  }
  return low;
};
