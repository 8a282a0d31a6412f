import { internalEvents, type Counted, type Subject } from '@ripen/shared';
import { announce } from '../store/announce.ts';
import { updateRebuilt, type ContactRow, type Standing } from '../store/contacts.ts';
import { knownAsks } from '../store/effects.ts';
import { acceptArrivals, notifyLanes } from '../store/inbox.ts';
import {
  deleteCountedRows,
  forgetExpiring,
  insertCounted,
  insertEntries,
  insertExpiring,
  insertMoves,
  readCounted,
  type CountedRow,
  type Of,
} from '../store/ledger.ts';
import { noteOutdated } from '../store/outdated.ts';
import { writeOutbox } from '../store/outbox.ts';
import { noteSeen } from '../store/seen.ts';
import type { Transaction } from '../store/store.ts';
import { answerMessageId } from './answers.ts';
import { takeCards, writeListed } from './cards.ts';
import type { Changes } from './changes.ts';
import { writeRebuiltRuns } from './rebuilt-runs.ts';
import { matchesIn } from './seen.ts';
import { rewriteDues } from './write-changes.ts';

/** A contact that was replayed. */
export interface Rebuilt {
  /** As it is now. */
  contact: ContactRow;
  before: Subject;
  /** The revision whose models count for what arrived before it. */
  modelsFrom: number;
  standing: Standing | null;
  /** The contact that it took over. */
  absorbed: string | null;
}

/**
 * Writes what replays led to, beside what was there: the ledger is a new generation; of counters, runs and places in lists only
 * what differs is written, which is nearly nothing. Returns the number of outbox rows.
 */
export const writeRebuilt = async (
  tx: Transaction,
  rebuilt: readonly Rebuilt[],
  changes: Changes,
  now: number,
): Promise<number> => {
  const sorted = rebuilt.toSorted((a, b) => (a.contact.id < b.contact.id ? -1 : 1));
  const contacts = sorted.map(({ contact }) => contact);
  for (const { contact, standing } of sorted)
    if (standing?.openLead) contact.subject = { ...contact.subject, openLead: standing.openLead };
  const ids = sorted.flatMap(({ contact: { id }, absorbed }) => (absorbed === null ? [id] : [id, absorbed]));
  const cards = takeCards(contacts);
  await updateRebuilt(
    tx,
    sorted.map(({ contact: { subject, card }, modelsFrom }) => ({ subject, card, modelsFrom })),
  );
  await writeListed(tx, cards, changes, new Map(sorted.map(({ contact, standing }) => [contact.id, standing?.place])));
  await announce(tx, { contacts: ids });
  await insertEntries(tx, changes.entries);
  await insertMoves(tx, changes.moves);
  await rewriteCounted(tx, ids, changes);
  await forgetExpiring(tx, ids);
  await insertExpiring(tx, changes.expiring);
  await rewriteDues(tx, changes, now);
  const outbox = await writeRebuiltRuns(tx, sorted, changes, now);
  await answerLostAsks(tx, contacts, now);
  await writeOutbox(tx, outbox);
  await noteOutdated(
    tx,
    sorted.flatMap(({ contact: { id, subject }, before, absorbed }) => {
      const { generation } = subject;
      return [
        ...(before.clock > 0 ? [{ contactId: id, generation }] : []),
        ...(absorbed === null ? [] : [{ contactId: absorbed, generation }]),
      ];
    }),
  );
  // Last, as in a batch: other lanes write the same rows.
  await noteSeen(tx, matchesIn(changes.entries));
  return outbox.length;
};

const rewriteCounted = async (tx: Transaction, ids: readonly string[], changes: Changes): Promise<void> => {
  const wanted = new Map<string, Of<Counted>[]>();
  for (const item of changes.counted) {
    const key = keyOf(item.contactId, item.row);
    const known = wanted.get(key);
    if (known) known.push(item);
    else wanted.set(key, [item]);
  }
  const take = (contactId: string, row: Counted): boolean => wanted.get(keyOf(contactId, row))?.pop() !== undefined;
  for (const { contactId, row } of changes.freed) take(contactId, row);
  const over: CountedRow[] = [];
  for (const row of await readCounted(tx, ids)) if (!take(row.contactId, row)) over.push(row);
  await deleteCountedRows(tx, over);
  await insertCounted(tx, [...wanted.values()].flat());
};

const keyOf = (contactId: string, { counter, value, at }: Counted): string =>
  `${contactId}\n${at}\n${counter}\n${value}`;

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
