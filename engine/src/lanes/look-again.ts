import type { RunLook } from '@ripen/shared';
import { loadContacts } from '../store/contacts.ts';
import { NotFoundError } from '../store/errors.ts';
import { laneOfSlot } from '../store/lanes.ts';
import { readRuns } from '../store/runs.ts';
import type { LaneDeps } from './deps.ts';
import { openDoor } from './drain.ts';
import { wakeLanes } from './wake.ts';

/** Batches of its lane that a look takes on itself before it leaves the rest to the lane. */
const mostBatches = 20;
const batchSize = 1_000;

/**
 * What a run is now. If its wait is over, its contact's clock is brought to the present first, through the door: arrivals of
 * the lane come before, as always. A run whose contact is held by a historical load, or whose lane is far behind, still
 * waits after its time is over; it will be told when it moves on. Looking twice changes nothing. Throws NotFoundError.
 */
export const lookAgain = async (deps: LaneDeps, { runId, now }: { runId: string; now: number }): Promise<RunLook> => {
  const before = await look(deps, runId);
  if (before.status !== 'waiting' || before.until === null || before.until > now) return shown(before);
  const contact = (await loadContacts(deps.store.pool, [before.contactId])).get(before.contactId);
  if (!contact || contact.heldBy !== null || contact.absorbed) return shown(before);
  const door = openDoor(deps, await laneOfSlot(deps.store.pool, contact.slot), batchSize);
  for (let batches = 0; batches < mostBatches; batches++) {
    const { drained } = await door({ now, lookAt: contact.id });
    if (drained) break;
  }
  // Its next due may have come closer than what the sleeping lane's timer knows.
  await wakeLanes(deps, [contact.slot]);
  return shown(await look(deps, runId));
};

const look = async (deps: LaneDeps, runId: string) => {
  const run = (await readRuns(deps.store.pool, [runId])).get(runId);
  if (!run) throw new NotFoundError('run', runId);
  return run;
};

const shown = ({ status, until, deliveries, asks }: RunLook): RunLook => ({ status, until, deliveries, asks });
