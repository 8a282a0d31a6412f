import { randomUUID } from 'node:crypto';
import { plainArray } from '../store/bulk.ts';
import { loadContacts } from '../store/contacts.ts';
import { headRevision } from '../store/definitions.ts';
import { NotFoundError } from '../store/errors.ts';
import { insertJob, readJob, writeProgress } from '../store/jobs.ts';
import { laneOfSlot, readLanes, type Lane } from '../store/lanes.ts';
import type { Queryable } from '../store/store.ts';
import { eachAtMost } from './at-most.ts';
import type { LaneDeps } from './deps.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { beginInLane } from './lane-lock.ts';
import { createPrograms } from './programs.ts';
import { rebuildTogether, type TogetherOptions } from './rebuild.ts';
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

/** Contacts between two notes of progress: some transactions' worth in each lane. */
const page = 2_000;
/** Lanes at once: one's statements run while the other's contacts are stepped. */
const lanesAtOnce = 2;
/** Contacts of one transaction: what is held of them at once. */
const most = 500;
/** Programs of all revisions that arrivals of a page may have counted under. */
const programsKept = 64;

/**
 * Rebuilds a job's contacts in the order of their ids, going on where an earlier attempt stopped. Those of a page are taken
 * lane by lane, many together. A contact may be rebuilt again after a crash: the same comes out. Throws NotFoundError.
 */
export const rebuildContacts = async (
  given: LaneDeps,
  {
    jobId,
    now,
    signal,
    atOnce,
  }: { jobId: string; now: number; signal?: AbortSignal } & Pick<TogetherOptions, 'atOnce'>,
): Promise<void> => {
  const { pool } = given.store;
  const deps = { ...given, programs: createPrograms(programsKept) };
  const job = await readJob<RebuildInput>(pool, jobId);
  const { modelsFrom = 0 } = job.input;
  let { done } = job;
  let noting = Promise.resolve();
  // Pages end in the order in which they began, whatever lane took longest.
  const pages: Page[] = [];
  const note = async (): Promise<void> => {
    for (let first = pages[0]; first?.left === 0; first = pages[0]) {
      pages.shift();
      done += first.contacts;
      await writeProgress(pool, { id: jobId, input: { ...job.input, after: first.last }, done });
    }
  };
  await eachAtMost(batchesOf(pool, job.input, pages), lanesAtOnce, async ({ lane, ids, of }) => {
    for (let left = ids; left.length > 0;) {
      signal?.throwIfAborted();
      left = await rebuildInLane(deps, lane, left, { now, modelsFrom, atOnce });
    }
    of.left--;
    await (noting = noting.then(note));
  });
};

/** Some contacts in the order of their ids, of which so many lanes are not done yet. */
interface Page {
  left: number;
  contacts: number;
  last: string;
}

/** The contacts of one lane in a page, in the order of their ids. */
interface Batch {
  lane: number;
  ids: string[];
  of: Page;
}

/** All that is left of a job, lane by lane in each page, so that those who work at once rarely meet in a lane. */
async function* batchesOf(
  db: Queryable,
  { contacts, after: done }: RebuildInput,
  pages: Page[],
): AsyncGenerator<Batch> {
  const laneOf = lanesBySlot(await readLanes(db));
  for (let after = done; ;) {
    const { rows } = await db.query<{ id: string; slot: number }>(
      `select id, slot from contacts where merged_into is null and ($1::uuid is null or id > $1) and ($2::uuid[] is null or id = any($2::uuid[]))
       order by id limit $3`,
      [after, contacts === null ? null : plainArray(contacts), page],
    );
    const last = rows.at(-1);
    if (!last) return;
    const lanes = Map.groupBy(rows, ({ slot }) => laneOf(slot));
    const of: Page = { left: lanes.size, contacts: rows.length, last: last.id };
    pages.push(of);
    for (const [lane, found] of lanes) yield { lane, ids: found.map(({ id }) => id), of };
    after = last.id;
  }
}

const lanesBySlot = (lanes: readonly Lane[]) => {
  const bySlot = new Map<number, number>();
  for (const { lane, firstSlot, lastSlot } of lanes)
    for (let slot = firstSlot; slot <= lastSlot; slot++) bySlot.set(slot, lane);
  return (slot: number): number => {
    const lane = bySlot.get(slot);
    if (lane === undefined) throw new Error(`No lane has the slot ${slot}.`);
    return lane;
  };
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

/**
 * Rebuilds as many of these contacts, given in the order of their ids, as one transaction takes; returns the others. Those that
 * were merged meanwhile are left alone.
 */
const rebuildInLane = async (
  deps: LaneDeps,
  lane: number,
  ids: readonly string[],
  how: TogetherOptions,
): Promise<string[]> => {
  const { outbox, rest, slots } = await deps.store.transaction(async (tx) => {
    const known = await loadContacts(tx, ids.slice(0, most));
    const present = [...known].filter(([, { absorbed, mergedInto }]) => !absorbed && mergedInto === null);
    const found = new Map(present.sort(([a], [b]) => (a < b ? -1 : 1)));
    const rebuilt = found.size === 0 ? { outbox: 0, rest: [] } : await rebuildTogether(deps, tx, found, how);
    return { ...rebuilt, slots: present.map(([, { slot }]) => slot) };
  }, beginInLane(lane));
  if (outbox > 0) await wakeDispatcher(deps);
  await wakeLanes(deps, slots);
  return [...rest, ...ids.slice(most)];
};
