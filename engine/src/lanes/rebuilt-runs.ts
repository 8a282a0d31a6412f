import type { TrailStep } from '@ripen/shared';
import type { OutboxItem } from '../store/outbox.ts';
import { cancelRuns, rewriteRuns, runsOf, type RunWrite, type WrittenRun } from '../store/runs.ts';
import type { Transaction } from '../store/store.ts';
import type { Changes } from './changes.ts';
import type { Rebuilt } from './rebuilt.ts';
import { RunCounts, shardOf } from './run-counts.ts';
import { sameJson } from './same-json.ts';

/**
 * Brings runs to what a replay made of them, with their counters. Those that came out as they were are left alone: nothing is
 * written, and whoever holds them hears nothing. Returns what is to be told.
 */
export const writeRebuiltRuns = async (
  tx: Transaction,
  rebuilt: readonly Rebuilt[],
  changes: Changes,
  now: number,
): Promise<OutboxItem[]> => {
  const contacts = new Map(rebuilt.map((each) => [each.contact.id, each]));
  const written = await runsOf(tx, [...contacts.keys()]);
  const outbox: OutboxItem[] = [];
  const tell = (kind: 'start' | 'signal', runId: string): void => void outbox.push({ kind, runId, ask: null });
  const counts = countsOf(now);
  const runs: RunWrite[] = [];
  for (const { contact, change } of changes.runs.values()) {
    const { id, status, startedAt, at: updatedAt, automation, version, node, steps: trail } = change;
    const was = written.get(id);
    const waits = change.waiting !== null && change.waiting.for !== 'answer' && contact.heldBy === null;
    const run: RunWrite = { contactId: contact.id, change, hasWorkflow: waits };
    // Runs of two contacts that are one belong to somebody else now, whom their workflows have to look at.
    const taken = contacts.get(contact.id)?.absorbed !== null;
    if (was && !taken && isAsWritten(run, was)) continue;
    runs.push(run);
    if (was) counts.of(contact).whole(was, -1);
    // A row keeps what it began with.
    counts.of(contact).whole({ startedAt, automation, version, ...pick(was), updatedAt, status, node, trail }, 1);
    if (was?.hasWorkflow) {
      // Runs that ended long ago have nobody to tell.
      if (status === 'waiting' || was.status === 'waiting') tell('signal', id);
    } else if (waits) tell('start', id);
  }
  await rewriteRuns(tx, runs);
  for (const [contactId, gone] of goneOf(written.values(), changes)) {
    const contact = contacts.get(contactId)?.contact;
    if (!contact) continue;
    const step: TrailStep = { node: '', at: contact.subject.clock, port: null, note: 'not there after a rebuild' };
    for (const run of gone) {
      counts.of(contact).whole(run, -1);
      const updatedAt = Math.max(run.updatedAt, step.at);
      counts.of(contact).whole({ ...run, updatedAt, status: 'cancelled', trail: [...run.trail, step] }, 1);
      if (run.hasWorkflow) tell('signal', run.id);
    }
    await cancelRuns(
      tx,
      gone.map(({ id }) => id),
      step,
    );
  }
  await counts.write(tx);
  return outbox;
};

/** Waiting runs that did not come out again, by contact. */
const goneOf = (written: Iterable<WrittenRun>, { runs }: Changes): Map<string, WrittenRun[]> => {
  const gone = new Map<string, WrittenRun[]>();
  for (const run of written) {
    if (run.status !== 'waiting' || runs.has(run.id)) continue;
    const known = gone.get(run.contactId);
    if (known) known.push(run);
    else gone.set(run.contactId, [run]);
  }
  return gone;
};

const pick = (was: WrittenRun | undefined) =>
  was && { startedAt: was.startedAt, automation: was.automation, version: was.version };

const isAsWritten = ({ contactId, change, hasWorkflow }: RunWrite, was: WrittenRun): boolean =>
  was.contactId === contactId &&
  was.status === change.status &&
  was.node === change.node &&
  was.until === change.until &&
  was.updatedAt === change.at &&
  was.error === change.error &&
  (was.hasWorkflow || !hasWorkflow) &&
  sameJson(was.waiting, change.waiting) &&
  sameJson(was.trail, change.steps);

/** Counters of the shards that are touched: nearly always one, the lane's. */
const countsOf = (now: number) => {
  const shards = new Map<number, RunCounts>();
  return {
    of: (contact: { slot: number }): RunCounts => {
      const shard = shardOf(contact);
      const known = shards.get(shard) ?? new RunCounts(shard, now);
      shards.set(shard, known);
      return known;
    },
    write: async (tx: Transaction): Promise<void> => {
      for (const [, counts] of [...shards].sort(([a], [b]) => a - b)) await counts.write(tx);
    },
  };
};
