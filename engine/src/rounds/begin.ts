import { randomUUID } from 'node:crypto';
import { derivedId, type Condition } from '@ripen/shared';
import { startJobWorkflow, type JobDeps } from '../lanes/job-workflow.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import { insertJob } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';

/**
 * A round looks at everybody once and tells those whom it is about: a maintenance program is carried out, a schedule lets contacts
 * enter its automation. Of each of these one round is under way at a time.
 */
export const roundsOf = { maintenance: 'program', enrolment: 'automation' } as const;
export type RoundKind = keyof typeof roundsOf;

/** What a round carries out and how far it is: the input of its job, with what its kind needs beside. */
export interface RoundInput {
  version: number;
  /** Whom it is about; absent: everybody. */
  who?: Condition | undefined;
  /** Who said *Run now*; null: its schedule. */
  by: string | null;
  /** Contacts up to this id were looked at. */
  after: string | null;
}

/** What a round came to so far. */
export interface RoundResult {
  members: number;
  changed: number;
  held: number;
}

interface Round {
  kind: RoundKind;
  /** The id of what it is a round of. */
  of: string;
  /** Reads what it carries out; null: there is no such thing in force. */
  input: (db: Queryable) => Promise<RoundInput | null>;
}

const isUnderWay = async (db: Queryable, { kind, of }: Round): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select 1 from jobs where kind = '${kind}' and status = 'running' and input->>'${roundsOf[kind]}' = $1`,
    [of],
  );
  return rowCount === 1;
};

/**
 * Writes down that somebody wants a round now, and starts the job's workflow. Returns the job's id. Throws NotFoundError (`what` is
 * looked for), and ConflictError while another round of the same is under way.
 */
export const beginByHand = async (deps: JobDeps, round: Round & { what: string }): Promise<string> => {
  const id = randomUUID();
  await deps.store.transaction(async (tx) => {
    const input = await round.input(tx);
    if (!input) throw new NotFoundError(round.what, round.of);
    if (await isUnderWay(tx, round))
      throw new ConflictError(
        `A run of this ${roundsOf[round.kind]} is under way already; cancel it or let it end first.`,
      );
    await insertJob(tx, { id, kind: round.kind, input, total: null });
  });
  await startJobWorkflow(deps, { kind: round.kind, id });
  return id;
};

/**
 * The same for a schedule, once for each of its moments (`moment` tells them apart), however often it is told. A moment that
 * finds the round before still under way is written down as skipped. Nothing happens for what is no longer in force.
 */
export const beginDue = async (deps: JobDeps, round: Round & { moment: string }): Promise<void> => {
  const { kind } = round;
  const id = derivedId(`${kind}|${round.moment}`);
  const begun = await deps.store.transaction(async (tx) => {
    const { rows } = await tx.query<{ status: string }>('select status from jobs where id = $1', [id]);
    if (rows[0]) return rows[0].status === 'running';
    const input = await round.input(tx);
    if (!input) return false;
    const skipped = await isUnderWay(tx, round);
    await insertJob(tx, { id, kind, input, total: null, ...(skipped && { skipped: whySkipped }) });
    return !skipped;
  });
  if (begun) await startJobWorkflow(deps, { kind, id });
};

const whySkipped = 'Skipped: the run before it was still under way.';
