import type { InFlightAct } from '@ripen/shared';
import { plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** What those inside are told: by a person, or because their automation is paused, goes on, or is archived. */
export type InsideAct = InFlightAct | 'hold' | 'release';

/** What was decided about those inside an automation, for inputs that were accepted before it. */
export interface InsideDecision {
  automation: string;
  act: InsideAct;
  /** The version that runs move to, and that none has to move from; null: all of them are meant. */
  version: number | null;
  /** It is about runs that began under earlier revisions. */
  revision: number;
  /** When it was decided, ms. */
  at: number;
  /** The job that tells those who were inside then; null where nobody was. */
  jobId: string | null;
}

export const insertInsideAct = async (tx: Queryable, decision: InsideDecision): Promise<void> => {
  const { automation, act, version, revision, at, jobId } = decision;
  await tx.query(
    'insert into inside_acts (automation, revision, act, version, at, job_id) values ($1, $2, $3, $4, $5, $6)',
    [automation, revision, act, version, at, jobId],
  );
};

/** Decisions about some automations after a revision, up to another, in the order in which they were taken. */
export const insideActsOf = async (
  db: Queryable,
  of: { automations: readonly string[]; after: number; upTo: number },
): Promise<(InsideDecision & { id: number })[]> => {
  const { rows } = await db.query<InsideDecision & { id: number }>({
    name: 'inside_acts_of',
    text: `select id, automation, revision, act, version, at, job_id as "jobId" from inside_acts
      where automation = any($1::text[]) and revision > $2 and revision <= $3 order by id`,
    values: [plainArray(of.automations), of.after, of.upTo],
  });
  return rows;
};

/** With the automation, that nobody ever entered. */
export const eraseInsideActs = async (tx: Queryable, automation: string): Promise<void> => {
  await tx.query('delete from inside_acts where automation = $1', [automation]);
};
