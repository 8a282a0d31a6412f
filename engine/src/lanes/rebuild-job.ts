import { randomUUID } from 'node:crypto';
import { plainArray } from '../store/bulk.ts';
import { loadContacts } from '../store/contacts.ts';
import { headRevision } from '../store/definitions.ts';
import { NotFoundError } from '../store/errors.ts';
import { insertJob, readJob, writeProgress } from '../store/jobs.ts';
import { laneOfSlot } from '../store/lanes.ts';
import { eachAtMost } from './at-most.ts';
import type { LaneDeps } from './deps.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { beginInLane } from './lane-lock.ts';
import { createPrograms } from './programs.ts';
import { rebuildTogether } from './rebuild.ts';
import { wakeDispatcher, wakeLanes } from './wake.ts';

/** What a rebuild works on and how far it has come. Contacts are taken in the order of their ids. */
interface RebuildInput {
  /** Null: all of them. */
  contacts: string[] | null;
  /** Contacts up to this id are done. */
  after: string | null;
  /** Revision whose models and stages count for everything that arrived before it; absent: each arrival under its own. */
  modelsFrom?: number;
}

/**
 * Writes down that contacts (null: all) are to be rebuilt, and starts the job's workflow. `fromHistory`: under the models
 * and stages of now. Should Temporal be away, the job is there and `resumeJobs` starts it later. Returns the job's id.
 */
export const startRebuild = async (
  deps: JobDeps,
  { contacts, fromHistory = false }: { contacts: string[] | null; fromHistory?: boolean },
): Promise<string> => {
  const id = randomUUID();
  const { pool } = deps.store;
  const { rows } = await pool.query<{ total: number }>(
    'select count(*)::int as total from contacts where merged_into is null and ($1::uuid[] is null or id = any($1::uuid[]))',
    [contacts === null ? null : plainArray(contacts)],
  );
  const input: RebuildInput = { contacts, after: null };
  if (fromHistory) input.modelsFrom = await headRevision(pool);
  await insertJob(pool, { id, kind: 'rebuild', input, total: rows[0]?.total ?? 0 });
  await startJobWorkflow(deps, { kind: 'rebuild', id });
  return id;
};

/** Contacts between two notes of progress. */
const page = 400;
/** Contacts of one transaction: their lane waits for it. */
const most = 50;
/** Lanes at once: one's statements run while the other's contacts are stepped. */
const lanesAtOnce = 2;
/** Programs of all revisions that arrivals of a page may have counted under. */
const programsKept = 64;

/**
 * Rebuilds a job's contacts in the order of their ids, going on where an earlier attempt stopped. Those of a page are taken
 * lane by lane, some together. A contact may be rebuilt again after a crash: the same comes out. Throws NotFoundError.
 */
export const rebuildContacts = async (
  given: LaneDeps,
  { jobId, now, signal }: { jobId: string; now: number; signal?: AbortSignal },
): Promise<void> => {
  const { pool } = given.store;
  const deps = { ...given, programs: createPrograms(programsKept) };
  const job = await readJob<RebuildInput>(pool, jobId);
  const { contacts, modelsFrom = 0 } = job.input;
  let { after } = job.input;
  let { done } = job;
  for (;;) {
    const { rows } = await pool.query<{ id: string; slot: number }>(
      `select id, slot from contacts where merged_into is null and ($1::uuid is null or id > $1) and ($2::uuid[] is null or id = any($2::uuid[]))
       order by id limit $3`,
      [after, contacts === null ? null : plainArray(contacts), page],
    );
    const last = rows.at(-1);
    if (!last) return;
    await eachAtMost(await byLane(deps, rows), lanesAtOnce, async ({ lane, ids }) => {
      signal?.throwIfAborted();
      await rebuildInLane(deps, lane, ids, { now, modelsFrom });
    });
    after = last.id;
    done += rows.length;
    await writeProgress(pool, { id: jobId, input: { ...job.input, after }, done });
  }
};

/** Rebuilds one contact now, through the door of its lane. Throws NotFoundError; a contact that was merged is left alone. */
export const rebuildContact = async (
  deps: LaneDeps,
  { contactId, now }: { contactId: string; now: number },
): Promise<void> => {
  const known = (await loadContacts(deps.store.pool, [contactId])).get(contactId);
  if (!known) throw new NotFoundError('contact', contactId);
  const { lane } = await laneOfSlot(deps.store.pool, known.slot);
  await rebuildInLane(deps, lane, [contactId], { now, modelsFrom: 0 });
};

const byLane = async (deps: LaneDeps, rows: readonly { id: string; slot: number }[]) => {
  const lanes = new Map<number, string[]>();
  const laneOf = new Map<number, number>();
  for (const { id, slot } of rows) {
    const lane = laneOf.get(slot) ?? (await laneOfSlot(deps.store.pool, slot)).lane;
    laneOf.set(slot, lane);
    const ids = lanes.get(lane);
    if (ids) ids.push(id);
    else lanes.set(lane, [id]);
  }
  const batches: { lane: number; ids: string[] }[] = [];
  for (const [lane, ids] of lanes)
    for (let from = 0; from < ids.length; from += most) batches.push({ lane, ids: ids.slice(from, from + most) });
  return batches;
};

/** Contacts that were merged meanwhile are left alone. */
const rebuildInLane = async (
  deps: LaneDeps,
  lane: number,
  ids: readonly string[],
  how: { now: number; modelsFrom: number },
): Promise<void> => {
  const { outbox, slots } = await deps.store.transaction(async (tx) => {
    const found = [...(await loadContacts(tx, ids)).values()].filter(
      ({ absorbed, mergedInto }) => !absorbed && mergedInto === null,
    );
    const rebuilt = found.length === 0 ? { outbox: 0 } : await rebuildTogether(deps, tx, found, how);
    return { outbox: rebuilt.outbox, slots: found.map(({ slot }) => slot) };
  }, beginInLane(lane));
  if (outbox > 0) await wakeDispatcher(deps);
  await wakeLanes(deps, slots);
};
