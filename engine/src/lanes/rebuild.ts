import { FactBook, internalEvents, newSubject, step, type Input, type Program, type StepResult } from '@ripen/shared';
import { readModelsFrom, updateStates, writeModelsFrom, type ContactRow } from '../store/contacts.ts';
import { describeError } from '../store/errors.ts';
import { moveArrivals, readArrivals, readArrivalsOf, type PastArrival } from '../store/events.ts';
import { knownAsks } from '../store/effects.ts';
import { acceptArrivals, notifyLanes, type InboxMerge } from '../store/inbox.ts';
import { announce } from '../store/announce.ts';
import {
  deleteCounted,
  deleteFacts,
  insertCounted,
  insertEntries,
  insertExpiring,
  insertMoves,
} from '../store/ledger.ts';
import { keepOldestLead, moveBelongings, openLeadsOf } from '../store/merges.ts';
import { writeOutbox, type OutboxItem } from '../store/outbox.ts';
import { readCountedRuns } from '../store/run-counts.ts';
import { cancelRuns, rewriteRuns, runsWithWorkflow, waitingRunsOf } from '../store/runs.ts';
import type { Logger } from '../store/logger.ts';
import type { Queryable, Transaction } from '../store/store.ts';
import { answerMessageId } from './answers.ts';
import { takeCards, writeListed } from './cards.ts';
import { Changes } from './changes.ts';
import type { LaneDeps } from './deps.ts';
import { RunCounts, shardOf } from './run-counts.ts';
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
  const { contact, absorbed, now } = request;
  const own = await arrivalsOf(tx, contact.id);
  const taken = absorbed ? await arrivalsOf(tx, absorbed.from) : [];
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
  const ids = absorbed ? [contact.id, absorbed.from] : [contact.id];
  // Who was rebuilt under later models stays so, whoever it turns out to be.
  const modelsFrom = Math.max(...(await readModelsFrom(tx, ids)).values());
  if (absorbed) await writeModelsFrom(tx, [contact.id], modelsFrom);
  const before = contact.subject;
  const generation = Math.max(before.generation, absorbed?.generation ?? 0) + 1;
  const changes = new Changes();
  await replay({ ...contact, subject: newSubject(contact.id, generation) }, arrivals, changes, {
    ...replaying(deps, tx, modelsFrom),
    until: Math.max(before.clock, absorbed?.clock ?? 0),
    revision: Math.max(before.revision, modelsFrom),
  });
  return writeRebuilt(tx, [{ id: contact.id, absorbed: absorbed?.from ?? null }], changes, now);
};

/**
 * Rebuilds contacts of one lane, whose lock the transaction holds: all with as many statements as one. `modelsFrom`: the
 * revision whose models and stages count for all that arrived before it, from now on. Returns the number of outbox rows.
 */
export const rebuildTogether = async (
  deps: LaneDeps,
  tx: Transaction,
  contacts: readonly ContactRow[],
  { now, modelsFrom }: { now: number; modelsFrom: number },
): Promise<{ outbox: number; arrivals: number }> => {
  const ids = contacts.map(({ id }) => id);
  if (modelsFrom > 0) await writeModelsFrom(tx, ids, modelsFrom);
  const froms = await readModelsFrom(tx, ids);
  const arrivals = await arrivalsOfMany(tx, ids);
  const changes = new Changes();
  let count = 0;
  for (const contact of contacts) {
    const before = contact.subject;
    const own = arrivals.get(contact.id) ?? [];
    count += own.length;
    const from = froms.get(contact.id) ?? 0;
    await replay({ ...contact, subject: newSubject(contact.id, before.generation + 1) }, own, changes, {
      ...replaying(deps, tx, from),
      until: before.clock,
      revision: Math.max(before.revision, from),
    });
  }
  const rebuilt = ids.map((id) => ({ id, absorbed: null }));
  return { outbox: await writeRebuilt(tx, rebuilt, changes, now), arrivals: count };
};

const replaying = (deps: LaneDeps, tx: Transaction, modelsFrom: number) => ({
  programAt: async (revision: number) => (await deps.programs.at(tx, revision, modelsFrom)).program,
  logger: deps.store.logger,
});

/** All arrivals of a contact, in order. */
const arrivalsOf = async (db: Queryable, contactId: string, known: PastArrival[] = []): Promise<PastArrival[]> => {
  const arrivals = [...known];
  for (let after = known.at(-1)?.seq ?? 0; ; after = arrivals.at(-1)?.seq ?? after) {
    const more = await readArrivals(db, contactId, after, page);
    for (const arrival of more) arrivals.push(arrival);
    if (more.length < page) return arrivals;
  }
};

/** The same for many: the first thousands of each in one statement. */
export const arrivalsOfMany = async (db: Queryable, ids: readonly string[]): Promise<Map<string, PastArrival[]>> => {
  const byContact = await readArrivalsOf(db, ids, page);
  for (const [id, arrivals] of byContact)
    if (arrivals.length === page) byContact.set(id, await arrivalsOf(db, id, arrivals));
  return byContact;
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

export interface Replaying {
  /** The program that an arrival accepted at this revision counts under. */
  programAt: (revision: number) => Promise<Program>;
  logger: Logger;
  /** How far the contact's clock had come, ms, and its definitions. */
  until: number;
  revision: number;
}

/** Plays arrivals, in order, through a contact to whom nothing happened yet. What follows is gathered in `changes`. */
export const replay = async (
  contact: ContactRow,
  arrivals: readonly PastArrival[],
  changes: Changes,
  { programAt, logger, until, revision }: Replaying,
): Promise<ContactRow> => {
  changes.contacts.set(contact.id, contact);
  const book = new FactBook();
  if (arrivals.some(({ input }) => input.type === internalEvents.void)) book.keepLedger([]);
  const apply = async (input: Input, at: number): Promise<void> => {
    const program = await programAt(Math.max(at, contact.subject.revision));
    let result: StepResult;
    try {
      result = step(program, contact.subject, input, book);
    } catch (error) {
      // It was applied once, so this is a fault of the program, not of the sender: said aloud, and the rest goes on.
      logger.error({ contact: contact.id, input, error: describeError(error) }, 'an arrival could not be replayed');
      return;
    }
    changes.add(contact, result, program);
  };
  for (const { input, revision: accepted } of arrivals) {
    await apply({ ...input, arrivedAt: Math.max(input.arrivedAt, contact.subject.clock) }, accepted);
  }
  // What had fallen due before falls due here, so that it is silent too; and so does what later definitions changed.
  const { nextDueAt, revision: reached } = contact.subject;
  if ((nextDueAt !== null && nextDueAt <= until) || reached < revision)
    await apply({ kind: 'tick', to: until, now: until }, revision);
  return contact;
};

const writeRebuilt = async (
  tx: Transaction,
  contacts: readonly { id: string; absorbed: string | null }[],
  changes: Changes,
  now: number,
): Promise<number> => {
  const rebuilt = contacts.flatMap(({ id }) => changes.contacts.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
  const leads = await openLeadsOf(
    tx,
    contacts.filter(({ absorbed }) => absorbed === null).map(({ id }) => id),
  );
  for (const { id, absorbed } of contacts) {
    if (absorbed === null) continue;
    const lead = await keepOldestLead(tx, [id, absorbed]);
    if (lead !== null) leads.set(id, lead);
    await moveBelongings(tx, absorbed, id);
  }
  for (const contact of rebuilt) {
    const openLead = leads.get(contact.id);
    if (openLead !== undefined) contact.subject = { ...contact.subject, openLead };
  }
  const ids = contacts.flatMap(({ id, absorbed }) => (absorbed === null ? [id] : [id, absorbed]));
  await deleteFacts(tx, ids);
  const cards = takeCards(rebuilt);
  await updateStates(tx, rebuilt);
  await writeListed(tx, cards, changes);
  await announce(tx, { contacts: ids });
  await insertEntries(tx, changes.entries);
  await insertMoves(tx, changes.moves);
  await insertCounted(tx, changes.counted);
  await deleteCounted(tx, changes.freed);
  await insertExpiring(tx, changes.expiring);
  for (const contact of rebuilt) changes.looked.set(contact.id, contact);
  await rewriteDues(tx, changes, now);
  const outbox = await rewriteRunsOf(tx, rebuilt, changes);
  await answerLostAsks(tx, rebuilt, now);
  await writeOutbox(tx, outbox);
  return outbox.length;
};

const rewriteRunsOf = async (
  tx: Transaction,
  contacts: readonly ContactRow[],
  changes: Changes,
): Promise<OutboxItem[]> => {
  const folded = [...changes.runs.values()];
  const held = await runsWithWorkflow(
    tx,
    folded.map(({ change }) => change.id),
  );
  const outbox: OutboxItem[] = [];
  const tell = (kind: 'start' | 'signal', runId: string): void => void outbox.push({ kind, runId, ask: null });
  const waited = await waitingRunsOf(
    tx,
    contacts.map(({ id }) => id),
  );
  const wereWaiting = new Set(waited.map(({ id }) => id));
  const gone = waited.filter(({ id }) => !changes.runs.has(id));
  const runs = folded.map(({ contact, change }) => {
    const waits = change.waiting !== null && change.waiting.for !== 'answer' && contact.heldBy === null;
    if (held.has(change.id)) {
      // Runs that ended long ago have nobody to tell.
      if (change.status === 'waiting' || wereWaiting.has(change.id)) tell('signal', change.id);
    } else if (waits) tell('start', change.id);
    return { contactId: contact.id, change, hasWorkflow: waits };
  });
  const shards = new Map<number, string[]>();
  const touch = (contact: ContactRow | undefined, run: string): void => {
    if (!contact) return;
    const shard = shardOf(contact);
    const of = shards.get(shard);
    if (of) of.push(run);
    else shards.set(shard, [run]);
  };
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  for (const { contact, change } of folded) touch(contact, change.id);
  for (const { id, contactId } of gone) touch(byId.get(contactId), id);
  const counts = new Map([...shards.keys()].map((shard) => [shard, new RunCounts(shard)]));
  const count = async (sign: 1 | -1): Promise<void> => {
    for (const [shard, touched] of shards)
      for (const run of await readCountedRuns(tx, touched)) counts.get(shard)?.whole(run, sign);
  };
  await count(-1);
  await rewriteRuns(tx, runs);
  for (const contact of contacts) {
    const cancelled = gone.filter(({ contactId }) => contactId === contact.id).map(({ id }) => id);
    const note = 'not there after a rebuild';
    if (cancelled.length > 0)
      await cancelRuns(tx, cancelled, { node: '', at: contact.subject.clock, port: null, note });
  }
  await count(1);
  for (const [, each] of [...counts].sort(([a], [b]) => a - b)) await each.write(tx);
  for (const { id, hasWorkflow } of gone) if (hasWorkflow) tell('signal', id);
  return outbox;
};

/** A rebuilt run may wait for an answer that was never asked for; as nothing is asked now, it is told that there is no one. */
const answerLostAsks = async (tx: Transaction, contacts: readonly ContactRow[], now: number): Promise<void> => {
  const asked = contacts.flatMap((contact) =>
    contact.subject.runs.flatMap(({ waiting }) => (waiting.for === 'answer' ? [{ contact, ask: waiting.ask }] : [])),
  );
  if (asked.length === 0) return;
  const known = await knownAsks(
    tx,
    asked.map(({ ask }) => ask),
  );
  const lost = asked.filter(({ ask }) => !known.has(ask));
  if (lost.length === 0) return;
  await acceptArrivals(
    tx,
    lost.map(({ contact: { id, slot, subject }, ask }) => ({
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
  await notifyLanes(
    tx,
    lost.map(({ contact }) => contact.slot),
  );
};
