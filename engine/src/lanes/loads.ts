import { setTimeout as pause } from 'node:timers/promises';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import {
  closingImports,
  finishImport,
  importWaits,
  insertImport,
  lockImport,
  readImport,
  releaseHeld,
  setImportStatus,
  type ImportRow,
  type Released,
} from '../store/imports.ts';
import { notifyLanes } from '../store/inbox.ts';
import { readLanes, type Lane } from '../store/lanes.ts';
import { writeOutbox } from '../store/outbox.ts';
import { takeUnheldRuns } from '../store/runs.ts';
import type { LaneDeps } from './deps.ts';
import { beginInLane } from './lane-lock.ts';
import { wakeDispatcher, wakeLanes } from './wake.ts';

const chunk = 2_000;
const lookEveryMs = 100;

/** Opens a historical load: batches that name it hold the dues of the contacts they touch. */
export const openImport = (deps: Pick<LaneDeps, 'store'>, { name }: { name: string }): Promise<ImportRow> =>
  insertImport(deps.store.pool, name);

/**
 * Closes a historical load: it takes no more batches from now on. When its last arrival has been applied, its contacts are
 * let go, and everything that fell due in all the time it covers follows. Waits for that as long as `signal` lets it; the
 * sweeper finishes what is left. Throws NotFoundError, ConflictError.
 */
export const closeImport = async (
  deps: LaneDeps,
  { importId, signal }: { importId: string; signal?: AbortSignal },
): Promise<ImportRow> => {
  await deps.store.transaction(async (tx) => {
    const load = await lockImport(tx, importId);
    if (!load) throw new NotFoundError('historical load', importId);
    if (load.status === 'cancelled') throw new ConflictError('The historical load was cancelled.');
    if (load.status === 'open') await setImportStatus(tx, importId, 'closing');
  });
  while (!(await settle(deps, importId)) && !signal?.aborted)
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
  const load = await readImport(deps.store.pool, importId);
  if (!load) throw new NotFoundError('historical load', importId);
  return load;
};

/**
 * Ends a load that went wrong: what was accepted stays and is applied, then its contacts are let go as in closing. Throws
 * NotFoundError, and ConflictError for a load that is closed or being closed.
 */
export const cancelImport = async (deps: LaneDeps, { importId }: { importId: string }): Promise<ImportRow> => {
  await deps.store.transaction(async (tx) => {
    const load = await lockImport(tx, importId);
    if (!load) throw new NotFoundError('historical load', importId);
    if (load.status === 'closing' || load.status === 'closed')
      throw new ConflictError(`The historical load is ${load.status}.`);
    if (load.status === 'open') await setImportStatus(tx, importId, 'cancelled');
  });
  await settle(deps, importId);
  const load = await readImport(deps.store.pool, importId);
  if (!load) throw new NotFoundError('historical load', importId);
  return load;
};

/** Goes on with loads that are being closed. */
export const settleImports = async (deps: LaneDeps): Promise<void> => {
  for (const id of await closingImports(deps.store.pool)) await settle(deps, id);
};

/** True when the load is closed. */
const settle = async (deps: LaneDeps, importId: string): Promise<boolean> => {
  if (await importWaits(deps.store.pool, importId)) return false;
  for (const lane of await readLanes(deps.store.pool)) {
    let after: Released | null = { slot: lane.firstSlot, id: firstId };
    while (after) after = await releaseChunk(deps, importId, lane, after);
  }
  await finishImport(deps.store.pool, importId);
  return true;
};

const firstId = '00000000-0000-0000-0000-000000000000';

/** Lets go of some contacts after another one. Returns the last of them; null when nothing is left. */
const releaseChunk = async (
  deps: LaneDeps,
  importId: string,
  lane: Lane,
  after: Released,
): Promise<Released | null> => {
  const { firstSlot, lastSlot } = lane;
  const { freed, started } = await deps.store.transaction(async (tx) => {
    const released = await releaseHeld(tx, { importId, firstSlot, lastSlot, after, limit: chunk });
    const ids = released.map(({ id }) => id);
    const runs = ids.length > 0 ? await takeUnheldRuns(tx, ids) : [];
    await writeOutbox(
      tx,
      runs.map((runId) => ({ kind: 'start', runId, ask: null })),
    );
    if (ids.length > 0) await notifyLanes(tx, [firstSlot]);
    return { freed: released, started: runs.length };
  }, beginInLane(lane.lane));
  if (freed.length > 0) await wakeLanes(deps, [firstSlot]);
  if (started > 0) await wakeDispatcher(deps);
  return freed.length === chunk ? (freed.at(-1) ?? null) : null;
};
