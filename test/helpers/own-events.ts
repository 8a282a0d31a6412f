import { postInternal, type LaneDeps } from '@ripen/engine';
import { isInternalEventType, type InternalEventType, type Properties } from '@ripen/shared';

/** One of the product's own events in a history: what people or maintenance did, which ingest takes from nobody. */
export interface OwnEvent extends Record<string, unknown> {
  event: InternalEventType;
  messageId: string;
  userId: string;
  receivedAt: string;
  properties: Properties;
}

export const isOwnEvent = (message: unknown): message is OwnEvent =>
  typeof message === 'object' &&
  message !== null &&
  'event' in message &&
  typeof message.event === 'string' &&
  isInternalEventType(message.event);

/** Posts it as the engine's functions do. Its contact must have come in before. `backfilled`: told of the past, as loads tell. */
export const postOwnEvent = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  { event, messageId, userId, receivedAt, properties }: OwnEvent,
  { backfilled }: { backfilled: boolean },
): Promise<void> => {
  const { rows } = await deps.store.pool.query<{ id: string }>(
    'select id from contacts where user_id = $1 and merged_into is null',
    [userId],
  );
  const contactId = rows[0]?.id;
  if (contactId === undefined) throw new Error(`The contact ${userId} has not come in yet.`);
  await postInternal(deps, { contactId, type: event, properties, messageId, now: Date.parse(receivedAt), backfilled });
};
