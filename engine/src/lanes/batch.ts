import { announce } from '../store/announce.ts';
import { loadContacts, type ContactRow } from '../store/contacts.ts';
import { insertDeadLetters } from '../store/dead-letters.ts';
import { headRevision } from '../store/definitions.ts';
import { contactsDue } from '../store/dues.ts';
import { claimArrivals, notifyLanes, returnArrivals, type InboxRow } from '../store/inbox.ts';
import { countDone, type Lane } from '../store/lanes.ts';
import type { Transaction } from '../store/store.ts';
import { Changes } from './changes.ts';
import type { LaneDeps } from './deps.ts';
import { beginInLane } from './lane-lock.ts';
import { lookAgainAtLate, tellDecisions, tellDecisionsFirst } from './late-inside.ts';
import { applySpecial } from './merge.ts';
import type { Compiled } from './programs.ts';
import { stepContacts } from './stepping.ts';
import { withdrawUndone } from './withdraw.ts';
import { sortRows, type ContactWork } from './work.ts';
import { rewriteDues, writeChanges } from './write-changes.ts';

/** What one batch may do. */
export interface BatchRequest {
  /** The present, ms. */
  now: number;
  /** Slot to start with: batches take turns, so that no slot starves. */
  fromSlot: number;
  /** Most arrivals, and most contacts whose dues are applied. */
  limit: number;
  /** A contact to look at even if its written due has not come. */
  lookAt?: string;
  /** Take the next input away as a dead letter with this reason: applying it failed in a way that would fail again. */
  bury?: string;
}

export interface BatchOutcome {
  claimed: number;
  ticked: number;
  /** Nothing is left that could be done now. */
  drained: boolean;
  outbox: number;
  /** Slots of other lanes that were given something. */
  handedTo: number[];
  /** Where the next batch is to start. */
  nextSlot: number;
}

/**
 * The one door: applies a batch of a lane's inputs in one transaction, under the lane's lock. Nothing else writes subjects
 * and ledger. Arrivals are applied as claimed; only when none is left, dues up to `now` follow.
 */
export const applyBatch = async (deps: LaneDeps, lane: Lane, request: BatchRequest): Promise<BatchOutcome> =>
  deps.store.transaction(async (tx) => {
    const { firstSlot, lastSlot } = lane;
    const rows = await claimArrivals(tx, { from: request.fromSlot, firstSlot, lastSlot, limit: request.limit });
    if (request.bury !== undefined) return bury(tx, lane, rows, request, request.bury);
    const inboxEmpty = rows.length < request.limit;
    const due = inboxEmpty
      ? await contactsDue(tx, { firstSlot, lastSlot, until: request.now, limit: request.limit })
      : [];
    if (inboxEmpty && request.lookAt !== undefined && !due.includes(request.lookAt)) due.push(request.lookAt);
    if (rows.length + due.length === 0) return nothing(request.fromSlot);
    return apply(deps, tx, lane, { rows, due, inboxEmpty, request });
  }, beginInLane(lane.lane));

interface Claimed {
  rows: InboxRow[];
  due: string[];
  inboxEmpty: boolean;
  request: BatchRequest;
}

const apply = async (
  deps: LaneDeps,
  tx: Transaction,
  lane: Lane,
  { rows, due, inboxEmpty, request }: Claimed,
): Promise<BatchOutcome> => {
  const { now } = request;
  const contacts = await loadContacts(tx, [...new Set([...rows.map((row) => row.contactId), ...due])]);
  const sorted = sortRows(rows, contacts);
  let head = due.length > 0 ? await headRevision(tx) : 0;
  const changes = new Changes();
  const ticking = sorted.returned.length === 0 ? due : [];
  planTicks(ticking, contacts, head, now, sorted.works, changes);
  await tellDecisions(tx, sorted.works.values());
  await tellDecisionsFirst(tx, sorted);
  const programs = await loadPrograms(deps, tx, sorted.works.values());
  await stepContacts(tx, sorted.works.values(), programs, now, changes);
  await lookAgainAtLate(tx, sorted.works, changes, async () => (head ||= await headRevision(tx)));
  for (const row of sorted.orphans) changes.deadLetters.push(deadLetterOf(row, 'There is no such contact.'));
  const { outbox, asked } = await writeChanges(tx, changes, now);
  const withdrawn = await withdrawUndone(tx, changes, now);
  await returnArrivals(tx, sorted.returned);
  let outboxOfSpecials = 0;
  const handedTo = sorted.returned.filter((row) => !owns(lane, row.slot)).map((row) => row.slot);
  for (const { contact, row } of sorted.specials) {
    const special = await applySpecial(deps, tx, contact, row, now);
    outboxOfSpecials += special.outbox;
    handedTo.push(...special.handedTo);
  }
  await notifyLanes(tx, handedTo);
  if (rows.length > 0) await countDone(tx, lane.lane, { applied: changes.events.length, asked });
  await announce(tx, {
    contacts: [...changes.contacts.keys(), ...sorted.specials.map(({ contact: { id } }) => id)],
    imports: rows.flatMap(({ importId }) => importId ?? []),
  });
  return {
    claimed: rows.length,
    ticked: changes.looked.size,
    drained:
      inboxEmpty &&
      withdrawn.length === 0 &&
      sorted.returned.length === 0 &&
      sorted.specials.length === 0 &&
      due.length < request.limit,
    outbox: outbox + outboxOfSpecials,
    handedTo,
    nextSlot: slotAfter(lane, rows, request.fromSlot),
  };
};

/** The slot after the last one served, going round from where this batch started. */
const slotAfter = (lane: Lane, rows: readonly InboxRow[], from: number): number => {
  const slots = lane.lastSlot - lane.firstSlot + 1;
  let furthest = -1;
  for (const { slot } of rows) furthest = Math.max(furthest, (slot - from + slots) % slots);
  return lane.firstSlot + ((from - lane.firstSlot + furthest + 1) % slots);
};

const owns = (lane: Lane, slot: number): boolean => slot >= lane.firstSlot && slot <= lane.lastSlot;

/**
 * Adds ticks for contacts that are due. Written dues are lower bounds: a contact that is not due after all, or that a
 * historical load holds, is only written down anew.
 */
const planTicks = (
  due: readonly string[],
  contacts: ReadonlyMap<string, ContactRow>,
  head: number,
  now: number,
  works: Map<string, ContactWork>,
  changes: Changes,
): void => {
  for (const id of due) {
    const contact = contacts.get(id);
    if (!contact) continue;
    const { subject, heldBy, absorbed } = contact;
    const work = works.get(id);
    if (work) {
      if (heldBy === null && work.revision >= head) work.tick = true;
    } else if (
      heldBy === null &&
      !absorbed &&
      (subject.revision < head || (subject.nextDueAt !== null && subject.nextDueAt <= now))
    ) {
      works.set(id, { contact, revision: Math.max(head, subject.revision), events: [], tick: true });
    } else {
      changes.looked.set(id, contact);
    }
  }
};

const loadPrograms = async (
  deps: LaneDeps,
  tx: Transaction,
  works: Iterable<ContactWork>,
): Promise<Map<number, Compiled>> => {
  const programs = new Map<number, Compiled>();
  for (const { revision } of works)
    if (!programs.has(revision)) programs.set(revision, await deps.programs.at(tx, revision));
  return programs;
};

const deadLetterOf = (row: InboxRow, error: string) => ({
  contactId: row.contactId,
  slot: row.slot,
  messageId: row.kind === 'event' ? row.body.messageId : null,
  revision: row.revision,
  receivedAt: row.receivedAt,
  body: { kind: row.kind, body: row.body },
  error,
});

/** Takes one input away that Postgres refuses: the lane goes on without it, and it is shown with the reason. */
const bury = async (
  tx: Transaction,
  lane: Lane,
  rows: InboxRow[],
  request: BatchRequest,
  reason: string,
): Promise<BatchOutcome> => {
  const done = { ...nothing(request.fromSlot), drained: false };
  if (rows.length > 0) {
    await insertDeadLetters(
      tx,
      rows.map((row) => deadLetterOf(row, reason)),
    );
    return { ...done, claimed: rows.length };
  }
  const [due] = await contactsDue(tx, { ...lane, until: request.now, limit: 1 });
  const contact = due === undefined ? undefined : (await loadContacts(tx, [due])).get(due);
  if (!contact) return done;
  const changes = new Changes();
  changes.looked.set(contact.id, contact);
  changes.stuck.add(contact.id);
  await rewriteDues(tx, changes, request.now);
  const { id: contactId, slot } = contact;
  const body = { kind: 'tick', body: { to: request.now } };
  await insertDeadLetters(tx, [
    {
      contactId,
      slot,
      messageId: null,
      revision: contact.subject.revision,
      receivedAt: request.now,
      body,
      error: reason,
    },
  ]);
  return { ...done, ticked: 1 };
};

const nothing = (nextSlot: number): BatchOutcome => ({
  claimed: 0,
  ticked: 0,
  drained: true,
  outbox: 0,
  handedTo: [],
  nextSlot,
});
