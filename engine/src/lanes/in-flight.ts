import { randomUUID } from 'node:crypto';
import { internalEvents, type InFlightAct } from '@ripen/shared';
import { definitionHistory } from '../store/definitions.ts';
import { NotFoundError } from '../store/errors.ts';
import { insertJob, readJob, writeProgress } from '../store/jobs.ts';
import type { LaneDeps } from './deps.ts';
import { appendInternal, type InternalArrival } from './internal.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { wakeLanes } from './wake.ts';

interface InFlightInput {
  automation: string;
  act: InFlightAct;
  /** The version that runs move to, and that none has to move from; null: all of them are meant. */
  version: number | null;
  /** Runs up to this id were told. */
  after: string | null;
}

/**
 * Writes down what is to become of those who wait inside an automation, and starts the job's workflow. Moving and cancelling
 * after a publication is about runs of other versions than the live one; where none is live, cancelling is about all. Returns the
 * job's id. Throws NotFoundError.
 */
export const startInFlight = async (
  deps: JobDeps,
  { automation, act }: { automation: string; act: InFlightAct },
): Promise<string> => {
  const { pool } = deps.store;
  const history = await definitionHistory(pool, 'automation', automation);
  if (history.length === 0) throw new NotFoundError('published automation', automation);
  const version = history.find(({ toRevision }) => toRevision === null)?.version ?? null;
  if (act === 'move' && version === null) throw new NotFoundError('live automation', automation);
  const id = randomUUID();
  const { rows } = await pool.query<{ total: number }>(
    `select count(*)::int as total from runs where automation = $1 and status = 'waiting' and version is distinct from $2::int`,
    [automation, version],
  );
  const input: InFlightInput = { automation, act, version, after: null };
  await insertJob(pool, { id, kind: 'inflight', input, total: rows[0]?.total ?? 0 });
  await startJobWorkflow(deps, { kind: 'inflight', id });
  return id;
};

/** Runs told in one transaction, with the note of how far it is: each is told once, whatever happens. */
const page = 500;

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
    const { rows } = await pool.query<{ id: string; contactId: string }>(
      `select id, contact_id as "contactId" from runs where automation = $1 and status = 'waiting' and version is distinct from $2::int
       and ($3::uuid is null or id > $3) order by id limit $4`,
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
        rows.map(({ id: run, contactId }): InternalArrival => ({
          contactId,
          ...(act === 'move'
            ? { type: internalEvents.moveRun, properties: { automation, run, version } }
            : { type: internalEvents.cancelRun, properties: { run } }),
          messageId: `${act}_run:${jobId}:${run}`,
          now,
        })),
      );
    });
    await wakeLanes(deps, slots);
  }
};
