import { randomUUID } from 'node:crypto';
import { readCall, slotOf, type CallError, type CallType } from '@ripen/shared';
import type { LaneDeps } from '../lanes/deps.ts';
import { wakeLanes } from '../lanes/wake.ts';
import { headRevision } from '../store/definitions.ts';
import { ConflictError, describeError, NotFoundError } from '../store/errors.ts';
import { countReceived } from '../store/imports.ts';
import { acceptArrivals, notifyLanes, type InboxArrival } from '../store/inbox.ts';
import type { Transaction } from '../store/store.ts';
import { inboxEvent, type Message } from './accepted.ts';
import { guardMessages, messageHash } from './guard-messages.ts';
import { resolveContacts } from './resolve-contacts.ts';

export type AcceptDeps = Pick<LaneDeps, 'store' | 'pokes'>;

export interface AcceptOptions {
  /** When the events were received, ms. */
  now: number;
  /** What the sender's clock said when it sent, ms. */
  sentAt?: number | null;
  /** Set by paths that name the type. */
  type?: CallType;
  /** An open historical load. */
  importId?: string | null;
}

export type EventOutcome =
  | { status: 'accepted'; messageId: string; contactId: string }
  | { status: 'duplicate'; messageId: string }
  | { status: 'refused'; messageId: string | null; error: CallError };

/**
 * Takes events of the tracking API in: reads each, drops those accepted before, decides whose they are, and appends them to
 * the inbox, all in one transaction, so that what is answered as accepted is there and nothing else is. Invalid events are
 * answered one by one and never lose the rest. Returns one outcome per event, in order. Events may be repaired in place.
 */
export const acceptEvents = async (
  deps: AcceptDeps,
  events: readonly unknown[],
  options: AcceptOptions,
): Promise<EventOutcome[]> => {
  const outcomes = new Array<EventOutcome>(events.length);
  const messages = new Map<string, { index: number; message: Message }>();
  const context = {
    receivedAt: options.now,
    sentAt: options.sentAt ?? null,
    type: options.type,
    historical: options.importId != null,
  };
  for (const [index, event] of events.entries()) {
    const call = readCall(event, context);
    if (!call.ok) {
      outcomes[index] = { status: 'refused', messageId: call.messageId, error: call.error };
      continue;
    }
    const messageId = call.arrival.messageId ?? randomUUID();
    const hash = messageHash(messageId);
    if (messages.has(hash)) outcomes[index] = { status: 'duplicate', messageId };
    else messages.set(hash, { index, message: Object.assign(call.arrival, { messageId }) });
  }
  if (messages.size === 0) return outcomes;
  const slots = await deps.store.transaction(async (tx) => {
    if (options.importId != null) await checkImport(tx, options.importId);
    const fresh = await guardMessages(tx, [...messages.keys()]);
    const accepted: { index: number; message: Message }[] = [];
    for (const [hash, entry] of messages) {
      if (fresh.has(hash)) accepted.push(entry);
      else outcomes[entry.index] = { status: 'duplicate', messageId: entry.message.messageId };
    }
    if (accepted.length === 0) return [];
    const rows = await inboxRows(tx, accepted, options.importId ?? null, outcomes);
    await acceptArrivals(tx, rows);
    const touched = [...new Set(rows.map((row) => row.slot))];
    await notifyLanes(tx, touched);
    if (options.importId != null) {
      await countReceived(tx, options.importId, accepted.length);
    }
    return touched;
  });
  // Not awaited: they are accepted, and a Temporal that is slow to answer must not hold senders up.
  wakeLanes(deps, slots).catch((error: unknown) => {
    deps.store.logger.warn({ error: describeError(error) }, 'lanes could not be woken; the sweeper will');
  });
  return outcomes;
};

const inboxRows = async (
  tx: Transaction,
  accepted: readonly { index: number; message: Message }[],
  importId: string | null,
  outcomes: EventOutcome[],
): Promise<InboxArrival[]> => {
  const revision = await headRevision(tx);
  const resolutions = await resolveContacts(
    tx,
    accepted.map(({ message }) => message.identity),
    importId,
  );
  const rows: InboxArrival[] = [];
  for (const [position, { index, message }] of accepted.entries()) {
    const resolution = resolutions[position];
    if (!resolution) throw new Error('Every event has a resolution.');
    const { contactId, merges } = resolution;
    const common = { revision, receivedAt: message.receivedAt, importId };
    for (const { absorbed, survivor } of merges) {
      rows.push({ ...common, kind: 'absorb', contactId: absorbed, slot: slotOf(absorbed), body: { into: survivor } });
    }
    rows.push({ ...common, kind: 'event', contactId, slot: slotOf(contactId), body: inboxEvent(message, importId) });
    outcomes[index] = { status: 'accepted', messageId: message.messageId, contactId };
  }
  return rows;
};

/** Closing takes a stronger lock on the load, so none of its batches commits after it. */
const checkImport = async (tx: Transaction, importId: string): Promise<void> => {
  const { rows } = await tx.query<{ status: string }>('select status from imports where id = $1 for key share', [
    importId,
  ]);
  const status = rows[0]?.status;
  if (status === undefined) throw new NotFoundError('historical load', importId);
  if (status !== 'open')
    throw new ConflictError(`The historical load ${importId} is ${status}: it takes no more events.`);
};
