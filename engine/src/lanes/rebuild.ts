import { FactBook, internalEvents, newSubject, step, type Input, type StepResult } from '@ripen/shared';
import { loadContacts, updateStates, type ContactRow } from '../store/contacts.ts';
import { describeError, NotFoundError } from '../store/errors.ts';
import { moveArrivals, readArrivals, type PastArrival } from '../store/events.ts';
import { knownAsks } from '../store/effects.ts';
import { acceptArrivals, notifyLanes, type InboxMerge } from '../store/inbox.ts';
import { announce } from '../store/announce.ts';
import { laneOfSlot } from '../store/lanes.ts';
import {
  deleteCounted,
  deleteFacts,
  insertCounted,
  insertEntries,
  insertExpiring,
  insertMoves,
} from '../store/ledger.ts';
import { keepOldestLead, moveBelongings } from '../store/merges.ts';
import { writeOutbox, type OutboxItem } from '../store/outbox.ts';
import { readCountedRuns } from '../store/run-counts.ts';
import { cancelRuns, rewriteRuns, runsWithWorkflow, waitingRunsOf } from '../store/runs.ts';
import type { Transaction } from '../store/store.ts';
import { answerMessageId } from './answers.ts';
import { takeCards, writeListed } from './cards.ts';
import { Changes } from './changes.ts';
import type { LaneDeps } from './deps.ts';
import { beginInLane } from './lane-lock.ts';
import { RunCounts, shardOf } from './run-counts.ts';
import { wakeDispatcher, wakeLanes } from './wake.ts';
import { rewriteDues } from './write-changes.ts';

export interface RebuildRequest {
  contact: ContactRow;
  now: number;
  /** The contact whose arrivals are taken over. */
  absorbed: InboxMerge | null;
}

const page = 5_000;

/**
 * Replays all arrivals of a contact, each under the definitions that it counted under, as a new generation of its ledger.
 * It is silent: nothing is told or asked again. Runs have ids derived from what started them, so those that come out again
 * keep their rows and workflows; waiting ones that do not are cancelled. Returns the number of outbox rows.
 */
export const rebuild = async (deps: LaneDeps, tx: Transaction, request: RebuildRequest): Promise<number> => {
  const { contact, absorbed } = request;
  const own = await allArrivals(tx, contact.id);
  const taken = absorbed ? await allArrivals(tx, absorbed.from) : [];
  if (absorbed && taken.length === 0) {
    await moveBelongings(tx, absorbed.from, contact.id);
    return 0;
  }
  const arrivals = interleave(own, taken);
  if (taken.length > 0)
    await moveArrivals(
      tx,
      contact.id,
      arrivals.slice(arrivals.findIndex((arrival) => arrival.contactId !== contact.id)),
    );
  const before = contact.subject;
  const generation = Math.max(before.generation, absorbed?.generation ?? 0) + 1;
  const changes = await replay(deps, tx, { ...contact, subject: newSubject(contact.id, generation) }, arrivals, {
    until: Math.max(before.clock, absorbed?.clock ?? 0),
    revision: before.revision,
  });
  return writeRebuilt(tx, request, changes);
};

/** Rebuilds one contact now, through the door of its lane. Throws NotFoundError; a contact that was merged is left alone. */
export const rebuildContact = async (
  deps: LaneDeps,
  { contactId, now }: { contactId: string; now: number },
): Promise<void> => {
  const known = (await loadContacts(deps.store.pool, [contactId])).get(contactId);
  if (!known) throw new NotFoundError('contact', contactId);
  const { lane } = await laneOfSlot(deps.store.pool, known.slot);
  const outbox = await deps.store.transaction(async (tx) => {
    const contact = (await loadContacts(tx, [contactId])).get(contactId);
    return contact && !contact.absorbed ? rebuild(deps, tx, { contact, now, absorbed: null }) : 0;
  }, beginInLane(lane));
  if (outbox > 0) await wakeDispatcher(deps);
  await wakeLanes(deps, [known.slot]);
};

const allArrivals = async (tx: Transaction, contactId: string): Promise<PastArrival[]> => {
  const arrivals: PastArrival[] = [];
  for (let after = 0; ; after = arrivals.at(-1)?.seq ?? after) {
    const more = await readArrivals(tx, contactId, after, page);
    arrivals.push(...more);
    if (more.length < page) return arrivals;
  }
};

/** Two contacts' arrivals as one list: each keeps its own order, and the one accepted first goes first. */
export const interleave = (own: readonly PastArrival[], taken: readonly PastArrival[]): PastArrival[] => {
  const merged: PastArrival[] = [];
  let a = 0;
  let b = 0;
  for (;;) {
    const mine = own[a];
    const other = taken[b];
    if (mine && (!other || mine.accepted <= other.accepted)) {
      merged.push(mine);
      a++;
    } else if (other) {
      merged.push(other);
      b++;
    } else return merged;
  }
};

const replay = async (
  deps: LaneDeps,
  tx: Transaction,
  contact: ContactRow,
  arrivals: readonly PastArrival[],
  present: { until: number; revision: number },
): Promise<Changes> => {
  const changes = new Changes();
  changes.contacts.set(contact.id, contact);
  const book = new FactBook();
  if (arrivals.some(({ input }) => input.type === internalEvents.void)) book.keepLedger([]);
  const apply = async (input: Input, revision: number): Promise<void> => {
    const { program } = await deps.programs.at(tx, Math.max(revision, contact.subject.revision));
    let result: StepResult;
    try {
      result = step(program, contact.subject, input, book);
    } catch (error) {
      // It was applied once, so this is a fault of the program, not of the sender: said aloud, and the rest goes on.
      deps.store.logger.error(
        { contact: contact.id, input, error: describeError(error) },
        'an arrival could not be replayed',
      );
      return;
    }
    changes.add(contact, result, program);
  };
  for (const { input, revision } of arrivals) {
    await apply({ ...input, arrivedAt: Math.max(input.arrivedAt, contact.subject.clock) }, revision);
  }
  const { until, revision } = present;
  // What had fallen due before the rebuild falls due inside it, so that it is silent too.
  if (contact.subject.nextDueAt !== null && contact.subject.nextDueAt <= until)
    await apply({ kind: 'tick', to: until, now: until }, revision);
  return changes;
};

const writeRebuilt = async (
  tx: Transaction,
  { contact, now, absorbed }: RebuildRequest,
  changes: Changes,
): Promise<number> => {
  const rebuilt = changes.contacts.get(contact.id);
  if (!rebuilt) throw new Error('A rebuild always has its contact.');
  const ids = absorbed ? [contact.id, absorbed.from] : [contact.id];
  const openLead = await keepOldestLead(tx, ids);
  if (absorbed) await moveBelongings(tx, absorbed.from, contact.id);
  if (openLead !== null) rebuilt.subject = { ...rebuilt.subject, openLead };
  await deleteFacts(tx, ids);
  const cards = takeCards([rebuilt]);
  await updateStates(tx, [rebuilt]);
  await writeListed(tx, cards, changes);
  await announce(tx, { contacts: ids });
  await insertEntries(tx, changes.entries);
  await insertMoves(tx, changes.moves);
  await insertCounted(tx, changes.counted);
  await deleteCounted(tx, changes.freed);
  await insertExpiring(tx, changes.expiring);
  changes.looked.set(contact.id, rebuilt);
  await rewriteDues(tx, changes, now);
  const outbox = await rewriteRunsOf(tx, rebuilt, changes);
  await answerLostAsks(tx, rebuilt, now);
  await writeOutbox(tx, outbox);
  return outbox.length;
};

const rewriteRunsOf = async (tx: Transaction, contact: ContactRow, changes: Changes): Promise<OutboxItem[]> => {
  const folded = [...changes.runs.values()];
  const held = await runsWithWorkflow(
    tx,
    folded.map(({ change }) => change.id),
  );
  const waited = await waitingRunsOf(tx, [contact.id]);
  const gone = waited.filter(({ id }) => !changes.runs.has(id));
  const outbox: OutboxItem[] = [];
  const tell = (kind: 'start' | 'signal', runId: string): void => void outbox.push({ kind, runId, ask: null });
  const runs = folded.map(({ change }) => {
    const waits = change.waiting !== null && change.waiting.for !== 'answer' && contact.heldBy === null;
    if (held.has(change.id)) {
      // Runs that ended long ago have nobody to tell.
      if (change.status === 'waiting' || waited.some(({ id }) => id === change.id)) tell('signal', change.id);
    } else if (waits) tell('start', change.id);
    return { contactId: contact.id, change, hasWorkflow: waits };
  });
  const touched = [...runs.map(({ change }) => change.id), ...gone.map(({ id }) => id)];
  const counts = new RunCounts(shardOf(contact));
  for (const run of await readCountedRuns(tx, touched)) counts.whole(run, -1);
  await rewriteRuns(tx, runs);
  await cancelRuns(
    tx,
    gone.map(({ id }) => id),
    { node: '', at: contact.subject.clock, port: null, note: 'not there after a rebuild' },
  );
  for (const run of await readCountedRuns(tx, touched)) counts.whole(run, 1);
  await counts.write(tx);
  for (const { id, hasWorkflow } of gone) if (hasWorkflow) tell('signal', id);
  return outbox;
};

/** A rebuilt run may wait for an answer that was never asked for; as nothing is asked now, it is told that there is no one. */
const answerLostAsks = async (tx: Transaction, { id, slot, subject }: ContactRow, now: number): Promise<void> => {
  const asked = subject.runs.flatMap(({ waiting }) => (waiting.for === 'answer' ? [waiting.ask] : []));
  const known = await knownAsks(tx, asked);
  const lost = asked.filter((ask) => !known.has(ask));
  if (lost.length === 0) return;
  await acceptArrivals(
    tx,
    lost.map((ask) => ({
      kind: 'event',
      contactId: id,
      slot,
      revision: subject.revision,
      receivedAt: now,
      importId: null,
      body: {
        messageId: answerMessageId(ask),
        type: internalEvents.answer,
        properties: { ask, port: 'no_one', detail: { why: 'rebuilt' } },
        fields: null,
        occurredAt: now,
        backfilled: true,
      },
    })),
  );
  await notifyLanes(tx, [slot]);
};
