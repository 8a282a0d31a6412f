import { randomUUID } from 'node:crypto';
import { internalEvents, type InFlightAct } from '@ripen/shared';
import { definitionHistory, lockHead } from '../store/definitions.ts';
import { NotFoundError } from '../store/errors.ts';
import { insertInsideAct, type InsideAct, type InsideDecision } from '../store/inside-acts.ts';
import { insertJob, readJob, writeProgress } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { appendInternal, type InternalArrival } from './internal.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { wakeLanes } from './wake.ts';

interface InFlightInput {
  automation: string;
  act: InsideAct;
  /** The version that runs move to, and that none has to move from; null: all of them are meant. */
  version: number | null;
  /** Runs up to this id were told. */
  after: string | null;
}

/**
 * Waiting runs that an act is about; its parameters: the automation and the version that is left alone. Contacts that a
 * historical load holds are left out: an arrival of today would carry their clocks past the rest of their history.
 */
const inside = `automation = $1 and status = 'waiting' and version is distinct from $2::int
  and not exists (select from contacts c where c.id = contact_id and c.held_by is not null)`;
const meant: Record<InsideAct, string> = {
  move: inside,
  cancel: inside,
  hold: `${inside} and not waiting ? 'held'`,
  release: `${inside} and waiting ? 'held'`,
};

/**
 * Writes down what was decided, for whoever enters later by what was accepted before (`late-inside.ts`), and the job that tells
 * those who are inside. Returns that; null where nobody is. Its workflow is to be started afterwards.
 */
export const insertInFlight = async (
  tx: Queryable,
  decision: Omit<InsideDecision, 'jobId'>,
): Promise<string | null> => {
  const jobId = await insertInFlightJob(tx, decision);
  await insertInsideAct(tx, { ...decision, jobId });
  return jobId;
};

const insertInFlightJob = async (
  tx: Queryable,
  { automation, act, version }: Pick<InsideDecision, 'automation' | 'act' | 'version'>,
): Promise<string | null> => {
  const { rows } = await tx.query<{ total: number }>(`select count(*)::int as total from runs where ${meant[act]}`, [
    automation,
    version,
  ]);
  const total = rows[0]?.total ?? 0;
  if (total === 0) return null;
  const id = randomUUID();
  const input: InFlightInput = { automation, act, version, after: null };
  await insertJob(tx, { id, kind: 'inflight', input, total });
  return id;
};

/**
 * Writes down what is to become of those who wait inside an automation, and starts the job's workflow. Moving and cancelling
 * after a publication is about runs of other versions than the live one; where none is live, cancelling is about all. Returns the
 * job's id; null where nobody is inside. Throws NotFoundError.
 */
export const startInFlight = async (
  deps: JobDeps,
  { automation, act, now }: { automation: string; act: InFlightAct; now: number },
): Promise<string | null> => {
  const id = await deps.store.transaction(async (tx) => {
    const revision = await lockHead(tx);
    const history = await definitionHistory(tx, 'automation', automation);
    if (history.length === 0) throw new NotFoundError('published automation', automation);
    const version = history.find(({ toRevision }) => toRevision === null)?.version ?? null;
    if (act === 'move' && version === null) throw new NotFoundError('live automation', automation);
    return insertInFlight(tx, { automation, act, version, revision, at: now });
  });
  if (id !== null) await startJobWorkflow(deps, { kind: 'inflight', id });
  return id;
};

/** Runs told in one transaction, with the note of how far it is: each is told once, whatever happens. */
const page = 500;

interface Told {
  id: string;
  contactId: string;
}

/**
 * Posts to every contact that waits inside what is to become of its run; its lane does it, like any arrival, so that every replay
 * does it again. Goes on where an earlier attempt stopped. Throws NotFoundError.
 */
export const tellInFlight = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  { jobId, now, signal }: { jobId: string; now: number; signal?: AbortSignal },
): Promise<void> => {
  const { pool } = deps.store;
  const job = await readJob<InFlightInput>(pool, jobId);
  const { automation, act, version } = job.input;
  let { after } = job.input;
  let { done } = job;
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await pool.query<Told & Record<string, unknown>>(
      `select id, contact_id as "contactId" from runs where ${meant[act]} and ($3::uuid is null or id > $3) order by id limit $4`,
      [automation, version, after, page],
    );
    const last = rows.at(-1);
    if (!last) return;
    const slots = await deps.store.transaction(async (tx) => {
      after = last.id;
      done += rows.length;
      await writeProgress(tx, { id: jobId, input: { ...job.input, after }, done });
      return appendInternal(
        tx,
        rows.map((run) => ({ ...wordOf(job.input, run), messageId: `${toldBy(act, jobId)}${run.id}`, now })),
      );
    });
    await wakeLanes(deps, slots);
  }
};

/** How the ids of a job's messages begin. */
export const toldBy = (act: InsideAct, jobId: string): string => `${act}_run:${jobId}:`;

/** What a contact is told of one of its runs. Holding and releasing are about all that it has in the automation. */
export const wordOf = (
  { automation, act, version }: Pick<InsideDecision, 'automation' | 'act' | 'version'>,
  { id: run, contactId }: Told,
): Pick<InternalArrival, 'contactId' | 'type' | 'properties'> => {
  switch (act) {
    case 'move':
      return { contactId, type: internalEvents.moveRun, properties: { automation, run, version } };
    case 'cancel':
      return { contactId, type: internalEvents.cancelRun, properties: { run } };
    case 'hold':
      return { contactId, type: internalEvents.holdRuns, properties: { automation } };
    case 'release':
      return { contactId, type: internalEvents.releaseRuns, properties: { automation } };
  }
};
