import { liveWindowMs, type Arrival } from '@ripen/shared';
import type { InboxEvent } from '../store/inbox.ts';

/** An arrival that has its message id: what the inbox takes. */
export interface Message extends Arrival {
  messageId: string;
}

export const inboxEvent = (message: Message, importId: string | null): InboxEvent => ({
  messageId: message.messageId,
  type: message.type,
  properties: message.properties,
  fields: message.fields,
  occurredAt: message.occurredAt,
  backfilled: importId !== null || message.receivedAt - message.occurredAt > liveWindowMs,
});
