import type { Program } from '../core/program.ts';
import { question, type Question } from '../core/conditions/question.ts';
import { newSubject } from '../core/subject.ts';
import type { Condition } from '../model/condition.ts';
import { nextMoments, type Schedule } from '../model/schedule.ts';
import { meantBy, scheduleKey, schedulesOf } from './schedules.ts';

/** A moment at which a schedule lets contacts enter an automation. */
export interface Round {
  /** Ms. */
  at: number;
  automation: string;
  /** What has to hold of a contact. */
  whom: Question;
}

interface Clock {
  when: Schedule;
  automation: string;
  whom: Question;
}

/** All of nothing holds. */
const everybody: Condition = { kind: 'all', of: [] };

/** The schedules of a program's live automations, as Temporal would run them. */
export class Schedules {
  readonly #clocks: readonly Clock[];

  constructor(program: Program, automations: readonly string[] = [...program.live.keys()]) {
    this.#clocks = [...automations].sort().flatMap((automation) => {
      const graph = program.live.get(automation)?.graph;
      const clocks = Map.groupBy(graph ? schedulesOf(graph) : [], ({ when }) => scheduleKey(when));
      return [...clocks.values()].flatMap((same) =>
        same[0] ? [{ when: same[0].when, automation, whom: question(program, meantBy(same) ?? everybody) }] : [],
      );
    });
  }

  /** Event types whose past tells whom the schedules are about. */
  get pastTypes(): string[] {
    const nobody = newSubject('');
    return this.#clocks.flatMap(({ whom }) => whom.needs(nobody, 0).events.map(({ type }) => type));
  }

  /** The next rounds after a moment, all of one instant, in order of their automations; none where nothing is scheduled. */
  next(after: number): Round[] {
    let rounds: Round[] = [];
    for (const { when, automation, whom } of this.#clocks) {
      const [at] = nextMoments(when, after, 1);
      if (at === undefined || (rounds[0] && at > rounds[0].at)) continue;
      if (rounds[0] && at < rounds[0].at) rounds = [];
      rounds.push({ at, automation, whom });
    }
    return rounds;
  }
}
