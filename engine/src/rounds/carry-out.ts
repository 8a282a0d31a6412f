import { setTimeout as pause } from 'node:timers/promises';
import type { Subject } from '@ripen/shared';
import type { LaneDeps } from '../lanes/deps.ts';
import { appendInternal, type InternalArrival } from '../lanes/internal.ts';
import { wakeLanes } from '../lanes/wake.ts';
import { countCards } from '../read/contact-count.ts';
import { idsOf, membersAmong, readStates } from '../read/members.ts';
import { workspaceNow, type Workspace } from '../read/workspace.ts';
import { heldAmong } from '../store/contacts.ts';
import { inboxDepth } from '../store/inbox.ts';
import { lockJob, readJob, writeFound, writeTotal } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';
import type { RoundInput, RoundResult } from './begin.ts';
import { membersOf } from './members-of.ts';

/** More than so many arrivals that wait are somebody else's, or a lane is behind: what is told now would only wait too. */
const mostWaiting = 20_000;
const lookAgainMs = 200;

/** Another attempt at the same job goes on, or somebody has ended it: this one stops, and has changed nothing. */
class OvertakenError extends Error {
  constructor(jobId: string) {
    super(`Another attempt at the job ${jobId} has gone on, or it was ended.`);
    this.name = 'OvertakenError';
  }
}

export type RoundDeps = Pick<LaneDeps, 'store' | 'programs' | 'pokes'>;

export interface CarryOut {
  jobId: string;
  now: number;
  signal?: AbortSignal;
}

/** What is done in a round to those whom it is about. */
interface Telling {
  /** False: a member need not be told. */
  concerns: (workspace: Workspace, subject: Subject) => boolean;
  arrival: (contactId: string) => Pick<InternalArrival, 'type' | 'properties' | 'messageId'>;
}

/**
 * Carries out a round: looks at everybody, some at a time in the order of their ids, and tells those whom it is about. Their lanes
 * do it, like any arrival, so that every replay does it again. Each is told once: what was told and how far it is are one
 * transaction. Goes on where an earlier attempt stopped. Throws NotFoundError.
 */
export const carryOutRound = async <Input extends RoundInput>(
  deps: RoundDeps,
  { jobId, now, signal }: CarryOut,
  tellingOf: (input: Input) => Telling,
): Promise<void> => {
  const { store } = deps;
  const { pool } = store;
  const job = await readJob<Input, RoundResult>(pool, jobId);
  const { concerns, arrival } = tellingOf(job.input);
  const workspace = await workspaceNow(deps);
  const { question, query } = await membersOf(store, workspace, job.input.who);
  if (job.total === null) await writeTotal(pool, { id: jobId, total: (await countCards(store, query)).count });
  let { after } = job.input;
  let { done } = job;
  let result = job.result ?? { members: 0, changed: 0, held: 0 };
  for await (const ids of idsOf(pool, query, { after })) {
    signal?.throwIfAborted();
    await roomInInbox(pool, signal);
    const members = await membersAmong(pool, question, await readStates(pool, ids), now);
    const concerned = members.filter(({ subject }) => concerns(workspace, subject));
    const held = await heldAmong(
      pool,
      concerned.map(({ id }) => id),
    );
    const told = concerned.filter(({ id }) => !held.has(id));
    const last = ids.at(-1) ?? after;
    const next: RoundResult = {
      members: result.members + members.length,
      changed: result.changed + told.length,
      held: result.held + held.size,
    };
    const slots = await store.transaction(async (tx) => {
      const current = await lockJob<Input>(tx, jobId);
      if (current.status !== 'running' || current.input.after !== after) throw new OvertakenError(jobId);
      const input = { ...job.input, after: last };
      await writeFound(tx, { id: jobId, input, done: done + ids.length, result: next });
      return appendInternal(
        tx,
        told.map(({ id }) => ({ contactId: id, ...arrival(id), now })),
      );
    });
    after = last;
    done += ids.length;
    result = next;
    await wakeLanes(deps, slots);
  }
  // Who came or went meanwhile was not counted at the beginning.
  await writeTotal(pool, { id: jobId, total: done });
};

/** Waits until lanes have caught up. */
const roomInInbox = async (db: Queryable, signal: AbortSignal | undefined): Promise<void> => {
  while ((await inboxDepth(db, mostWaiting)).waiting > mostWaiting)
    await pause(lookAgainMs, undefined, { ...(signal && { signal }) });
};
