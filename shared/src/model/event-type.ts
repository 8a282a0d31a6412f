import { z } from 'zod';
import { eventTypeIdSchema } from './condition.ts';
import { nameSchema } from './value.ts';

/** Says whether an event is an activity of the contact. Types nobody described are activities. */
export const eventTypeSchema = z.strictObject({
  kind: z.literal('event_type'),
  id: eventTypeIdSchema,
  name: nameSchema,
  activity: z.boolean().default(true),
});
export type EventType = z.infer<typeof eventTypeSchema>;

/** Done to contacts, not by them, unless a definition says otherwise. */
export const passiveEventTypes: readonly string[] = [
  'identify',
  'group',
  'alias',
  'email_sent',
  'email_delivered',
  'email_bounced',
  'email_dropped',
  'email_deferred',
  'list_imported',
];

/** Types under this prefix are the product's own (answers, sales outcomes, enrolments); ingest refuses them. */
export const internalEventPrefix = 'ripen.';
export const isInternalEventType = (type: string): boolean => type.startsWith(internalEventPrefix);
