import { updateStates } from '../store/contacts.ts';
import { insertDeadLetters } from '../store/dead-letters.ts';
import { writeDues, type Due } from '../store/dues.ts';
import { insertEffects } from '../store/effects.ts';
import { insertEvents } from '../store/events.ts';
import {
  deleteCounted,
  deleteExpiring,
  insertCounted,
  insertEntries,
  insertExpiring,
  insertMoves,
} from '../store/ledger.ts';
import { writeOutbox, type OutboxItem } from '../store/outbox.ts';
import { runsOf, runsWithWorkflow, writeRuns, type RunWrite } from '../store/runs.ts';
import { noteSeen } from '../store/seen.ts';
import type { Transaction } from '../store/store.ts';
import { takeCards, writeListed } from './cards.ts';
import type { Changes } from './changes.ts';
import { RunCounts, shardOf } from './run-counts.ts';
import { seenIn } from './seen.ts';

/** Dues that could not be applied are tried again after this. */
const stuckPauseMs = 3_600_000;

/** Outbox rows that a batch wrote, and those of them that its events asked for. */
export interface Written {
  outbox: number;
  asked: number;
}

/** Writes what a batch led to: one statement per table that has something, whatever the number of rows. */
export const writeChanges = async (tx: Transaction, changes: Changes, now: number): Promise<Written> => {
  const contacts = [...changes.contacts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const cards = takeCards(contacts);
  await updateStates(tx, contacts);
  await writeListed(tx, cards, changes);
  await insertEvents(tx, changes.events);
  await insertEntries(tx, changes.entries);
  await insertMoves(tx, changes.moves);
  await insertCounted(tx, changes.counted);
  await deleteCounted(tx, changes.freed);
  await insertExpiring(tx, changes.expiring);
  await deleteExpiring(tx, changes.expired);
  await insertEffects(tx, changes.effects, changes.answered);
  await insertDeadLetters(tx, changes.deadLetters);
  await rewriteDues(tx, changes, now);
  const { runs, outbox } = await planRuns(tx, changes);
  await countMoved(tx, changes, now, -1);
  await writeRuns(tx, runs);
  await countRuns(tx, changes, now);
  await countMoved(tx, changes, now, 1);
  await writeOutbox(tx, outbox);
  // Last, because other lanes may write the same rows: they are held for the shortest time.
  await noteSeen(tx, seenIn(changes));
  return { outbox: outbox.length, asked: askedByEvents(outbox, changes) };
};

/** Counts what runs did, per shard of the contacts: nearly always one, the lane's. */
const countRuns = async (tx: Transaction, { runs }: Changes, now: number): Promise<void> => {
  const shards = new Map<number, RunCounts>();
  for (const run of runs.values()) {
    if (run.change.moved) continue;
    const shard = shardOf(run.contact);
    const counts = shards.get(shard) ?? new RunCounts(shard, now);
    shards.set(shard, counts);
    counts.change(run);
  }
  for (const [, counts] of [...shards].sort(([a], [b]) => a - b)) await counts.write(tx);
};

/** Runs that came over from another version count there no more, with all that they passed. */
const countMoved = async (tx: Transaction, { runs }: Changes, now: number, sign: 1 | -1): Promise<void> => {
  const moved = new Map(
    [...runs.values()].flatMap(({ contact, change }) => (change.moved ? [[change.id, contact] as const] : [])),
  );
  if (moved.size === 0) return;
  const written = await runsOf(tx, [...new Set([...moved.values()].map(({ id }) => id))]);
  const shards = new Map<number, RunCounts>();
  for (const [id, contact] of moved) {
    const run = written.get(id);
    if (!run) continue;
    const shard = shardOf(contact);
    const counts = shards.get(shard) ?? new RunCounts(shard, now);
    shards.set(shard, counts);
    counts.whole(run, sign);
  }
  for (const [, counts] of [...shards].sort(([a], [b]) => a - b)) await counts.write(tx);
};

/**
 * The table holds a lower bound of each contact's next due: it is written when a due moves earlier, and when the bound has
 * come, so that most events leave it alone. Contacts that a historical load holds have none.
 */
export const rewriteDues = async (
  tx: Transaction,
  { contacts, looked, stuck, again }: Pick<Changes, 'contacts' | 'looked' | 'stuck' | 'again'>,
  now: number,
): Promise<void> => {
  const dues: Due[] = [];
  for (const { id, slot, subject, heldBy, absorbed, dueAt } of new Set([...contacts.values(), ...looked.values()])) {
    const clockStands = heldBy !== null || absorbed;
    const next = clockStands ? null : stuck.has(id) ? now + stuckPauseMs : again.has(id) ? now : subject.nextDueAt;
    const over = clockStands || looked.has(id) || (dueAt !== null && dueAt <= now);
    const earlier = next !== null && (dueAt === null || next < dueAt);
    if (next !== dueAt && (earlier || over)) dues.push({ contactId: id, slot, dueAt: next, was: dueAt });
  }
  await writeDues(tx, dues);
};

/** What is due anyway is not asked for by what arrives. */
const askedByEvents = (outbox: readonly OutboxOf[], { events }: Changes): number => {
  if (outbox.length === 0) return 0;
  const arrived = new Set(events.map(({ contactId }) => contactId));
  return outbox.filter(({ contactId }) => arrived.has(contactId)).length;
};

type OutboxOf = OutboxItem & { contactId: string };

/**
 * Which runs Temporal is to hold from now on, and which of those it holds have changed. A run needs it while it waits for
 * time or events, and as long as it has something to say or to ask that is not held back. Runs of a contact in an open
 * historical load wait without: most of their waits will have passed when the load is closed.
 */
const planRuns = async (tx: Transaction, changes: Changes): Promise<{ runs: RunWrite[]; outbox: OutboxOf[] }> => {
  const outbox: OutboxOf[] = [];
  const speaking = new Set<string>();
  for (const { contactId, effect } of changes.effects) {
    if (changes.routed.has(effect.id)) outbox.push({ kind: 'route', runId: effect.runId, ask: effect.id, contactId });
    // What is told of the past is told though its answer was not waited for.
    else if (effect.held === null && (effect.kind === 'deliver' || !changes.answered.has(effect.id)))
      speaking.add(effect.runId);
  }
  const folded = [...changes.runs.values()];
  const known = await runsWithWorkflow(
    tx,
    folded.filter(({ change }) => !change.started).map(({ change }) => change.id),
  );
  const runs = folded.map(({ contact, change }) => {
    const waits = change.waiting !== null && change.waiting.for !== 'answer' && contact.heldBy === null;
    const hasWorkflow = waits || speaking.has(change.id);
    const about = { runId: change.id, ask: null, contactId: contact.id };
    if (known.has(change.id)) outbox.push({ kind: 'signal', ...about });
    else if (hasWorkflow) outbox.push({ kind: 'start', ...about });
    return { contactId: contact.id, change, hasWorkflow };
  });
  return { runs, outbox };
};
