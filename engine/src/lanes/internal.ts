import { internalEvents, slotOf, type InternalEventType, type Properties } from '@ripen/shared';
import { headRevision } from '../store/definitions.ts';
import { NotFoundError } from '../store/errors.ts';
import { lockAsk, markAnswered, type AskRow } from '../store/effects.ts';
import { acceptArrivals, notifyLanes } from '../store/inbox.ts';
import type { Queryable } from '../store/store.ts';
import { answerMessageId } from './answers.ts';
import type { LaneDeps } from './deps.ts';
import { wakeLanes } from './wake.ts';

/** One of the product's own events. It goes through the inbox like every arrival, so replays use it. */
export interface InternalArrival {
  contactId: string;
  type: InternalEventType;
  properties: Properties;
  /** Derived from its cause, so that the same cause posts the same message. */
  messageId: string;
  now: number;
  /** Told of the past, as a historical load tells: it pages nobody. */
  backfilled?: boolean;
}

/** Appends to the inbox inside the caller's transaction. Call `wakeLanes` with the slots returned after it. */
export const appendInternal = async (tx: Queryable, arrivals: readonly InternalArrival[]): Promise<number[]> => {
  if (arrivals.length === 0) return [];
  const revision = await headRevision(tx);
  const rows = arrivals.map(({ contactId, type, properties, messageId, now, backfilled = false }) => ({
    kind: 'event' as const,
    contactId,
    slot: slotOf(contactId),
    revision,
    receivedAt: now,
    importId: null,
    body: { messageId, type, properties, fields: null, occurredAt: now, backfilled },
  }));
  await acceptArrivals(tx, rows);
  const slots = rows.map((row) => row.slot);
  await notifyLanes(tx, slots);
  return slots;
};

/** Posts one of the product's own events in a transaction of its own. */
export const postInternal = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  arrival: InternalArrival,
): Promise<void> => {
  await wakeLanes(deps, await deps.store.transaction((tx) => appendInternal(tx, [arrival])));
};

export interface Answer {
  askId: string;
  port: string;
  detail: Properties;
  now: number;
}

/** Records the answer to an ask, once: a second answer is dropped. Throws NotFoundError for an ask that never was. */
export const recordAnswer = async (deps: Pick<LaneDeps, 'store' | 'pokes'>, answer: Answer): Promise<void> => {
  const slots = await deps.store.transaction(async (tx) => {
    const ask = await lockAsk(tx, answer.askId);
    if (!ask) throw new NotFoundError('ask', answer.askId);
    return ask.answered ? [] : appendAnswer(tx, ask, answer);
  });
  await wakeLanes(deps, slots);
};

/**
 * The same inside the caller's transaction, which holds the ask's lock. An answer is never older than its question: the
 * clock of a contact whose events are dated a little ahead runs before the present.
 */
export const appendAnswer = async (
  tx: Queryable,
  ask: Pick<AskRow, 'contactId' | 'at'>,
  answer: Answer,
): Promise<number[]> => {
  await markAnswered(tx, answer.askId);
  return appendInternal(tx, [answerArrival(ask, answer)]);
};

/** An answer as it arrives for who asked. */
export const answerArrival = (
  { contactId, at }: Pick<AskRow, 'contactId' | 'at'>,
  { askId, port, detail, now }: Answer,
): InternalArrival => ({
  contactId,
  type: internalEvents.answer,
  properties: { ask: askId, port, detail },
  messageId: answerMessageId(askId),
  now: Math.max(now, at),
});

/** Asks a waiting run's contact to end it. Nothing happens when it has ended. Throws NotFoundError. */
export const cancelRun = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  { runId, now }: { runId: string; now: number },
): Promise<void> => {
  const { rows } = await deps.store.pool.query<{ contactId: string; status: string }>(
    'select contact_id as "contactId", status from runs where id = $1',
    [runId],
  );
  const run = rows[0];
  if (!run) throw new NotFoundError('run', runId);
  if (run.status !== 'waiting') return;
  await postInternal(deps, cancellation(run.contactId, runId, now));
};

const cancellation = (contactId: string, run: string, now: number): InternalArrival => ({
  contactId,
  type: internalEvents.cancelRun,
  properties: { run },
  messageId: `cancel_run:${run}:${now}`,
  now,
});
