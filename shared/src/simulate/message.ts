import { z } from 'zod';
import type { IdentityKeys } from '../contract/identity.ts';
import { readCall } from '../contract/tracking.ts';
import { liveWindowMs, type EventInput } from '../core/result.ts';
import { isInternalEventType } from '../model/event-type.ts';
import { fieldValueSchema, type Json } from '../model/value.ts';

/** A line of a simulation's input, read: an event, and whose it is. */
export type ReadMessage =
  | { ok: true; event: EventInput; whose: { contact: string } | { identity: IdentityKeys } }
  | { ok: false; messageId: string | null; reason: string };

export interface MessageContext {
  /** For messages that name none. */
  messageId: string;
  /** Received now, ms; null: lines say it themselves (`receivedAt`, else `timestamp`). */
  receivedAt: number | null;
  /** A historical load pages nobody. */
  historical: boolean;
}

const momentSchema = z.union([z.iso.datetime().transform((text) => Date.parse(text)), z.int()]);

/** An arrival as `ripen export` writes it: what was applied, as it was applied. */
const recordedArrivalSchema = z.strictObject({
  kind: z.literal('arrival'),
  contact: z.guid(),
  messageId: z.string().min(1).max(500),
  type: z.string().min(1).max(100),
  properties: z.record(z.string(), z.json()).default({}),
  fields: z.record(z.string(), fieldValueSchema).nullable().default(null),
  occurredAt: momentSchema,
  arrivedAt: momentSchema,
  backfilled: z.boolean().default(false),
});

/** Reads the tracking API's messages with the code of ingest; besides, exported arrivals and the product's own events. */
export const readMessage = (raw: unknown, context: MessageContext): ReadMessage => {
  if (isObject(raw) && raw['kind'] === 'arrival') return recordedArrival(raw);
  const internal =
    isObject(raw) && typeof raw['event'] === 'string' && isInternalEventType(raw['event']) ? raw['event'] : null;
  if (
    context.receivedAt === null &&
    isObject(raw) &&
    [raw['receivedAt'], raw['timestamp'], raw['originalTimestamp']].every(
      (moment) => moment === undefined || moment === null,
    )
  ) {
    return { ok: false, messageId: null, reason: 'has neither timestamp nor receivedAt' };
  }
  const call = readCall(internal === null ? raw : { ...(raw as object), event: 'internal' }, {
    // Nothing is received later than the last moment there is.
    receivedAt: context.receivedAt ?? maxMoment,
    sentAt: null,
    historical: context.receivedAt === null,
  });
  if (!call.ok) return { ok: false, messageId: call.messageId, reason: call.error.message };
  const { arrival } = call;
  const event: EventInput = {
    kind: 'event',
    messageId: arrival.messageId ?? context.messageId,
    type: internal ?? arrival.type,
    properties: arrival.properties,
    fields: arrival.fields,
    occurredAt: arrival.occurredAt,
    arrivedAt: arrival.receivedAt,
    backfilled: context.historical || arrival.receivedAt - arrival.occurredAt > liveWindowMs,
  };
  return { ok: true, event, whose: { identity: arrival.identity } };
};

const maxMoment = 8.64e15;

const recordedArrival = (raw: Record<string, Json>): ReadMessage => {
  const parsed = recordedArrivalSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      ok: false,
      messageId: null,
      reason: `is not an exported arrival: ${issue ? `${issue.path.join('.')} ${issue.message}` : 'unreadable'}`,
    };
  }
  const { contact, kind: _, ...rest } = parsed.data;
  return { ok: true, event: { kind: 'event', ...rest }, whose: { contact } };
};

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
