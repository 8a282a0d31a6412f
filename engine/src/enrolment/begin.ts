import { meantBy, scheduleInWords, scheduleKey, schedulesOf } from '@ripen/shared';
import type { JobDeps } from '../lanes/job-workflow.ts';
import { beginByHand, beginDue, type RoundInput } from '../rounds/begin.ts';
import { liveDefinitions } from '../store/definitions.ts';
import { ConflictError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';

/** A round that lets contacts enter an automation: the input of its job. */
export interface EnrolmentInput extends RoundInput {
  automation: string;
  /** The schedule that it is of, in words; null: by hand. */
  schedule: string | null;
}

/** Null for an automation that is not live. `clock`: which of its schedules; null: all of them. */
const inputOf = async (
  db: Queryable,
  { automation, clock, by }: { automation: string; clock: string | null; by: string | null },
): Promise<EnrolmentInput | null> => {
  for (const { version, document } of await liveDefinitions(db, 'automation')) {
    if (document.kind !== 'automation' || document.id !== automation) continue;
    const schedules = schedulesOf(document).filter(({ when }) => clock === null || scheduleKey(when) === clock);
    const [first] = schedules;
    if (!first) return null;
    return {
      ...{ automation, version, by, after: null, who: meantBy(schedules) },
      schedule: clock === null ? null : scheduleInWords(first.when),
    };
  }
  return null;
};

/**
 * Lets those whom an automation's schedules are about enter now. Returns the job's id. Throws NotFoundError for one that is not
 * live, and ConflictError for one without a schedule, or while another round of it is under way.
 */
export const runScheduled = (deps: JobDeps, { automation, by }: { automation: string; by: string }): Promise<string> =>
  beginByHand(deps, {
    ...{ kind: 'enrolment', of: automation, what: 'live automation' },
    input: async (db) => {
      const input = await inputOf(db, { automation, clock: null, by });
      if (input || !(await isLive(db, automation))) return input;
      throw new ConflictError(`The automation ${automation} is not started by a schedule. Add that trigger first.`);
    },
  });

const isLive = async (db: Queryable, automation: string): Promise<boolean> =>
  (await liveDefinitions(db, 'automation')).some(({ id }) => id === automation);

/** The same for a moment of one of its schedules, once. Nothing happens when it is not live, or has another schedule by now. */
export const enrolmentDue = (
  deps: JobDeps,
  { automation, clock, moment }: { automation: string; clock: string; moment: string },
): Promise<void> =>
  beginDue(deps, {
    ...{ kind: 'enrolment', of: automation, moment },
    input: (db) => inputOf(db, { automation, clock, by: null }),
  });
