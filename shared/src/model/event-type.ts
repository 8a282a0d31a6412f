import { z } from 'zod';
import { eventTypeIdSchema } from './condition.ts';
import { nameSchema, pathSchema } from './value.ts';

const seconds = z.number().positive().max(86_400);

/**
 * How what programs do that look at mail is told from what people do: they say what they are, are there within seconds of
 * the sending, or follow every link at once. Such events are kept and marked; they earn nothing and set nothing off.
 */
const scannerSchema = z.strictObject({
  /** Property that holds the user agent. */
  agent: pathSchema.default('userAgent'),
  /** This soon after the message was sent nobody has read it. `by`: the property that the sending has too. */
  sent: z
    .strictObject({
      event: eventTypeIdSchema.default('email_sent'),
      by: pathSchema.default('emailId'),
      withinSeconds: seconds,
    })
    .optional(),
  /** From so many different links within a time on: a person follows one. */
  links: z
    .strictObject({ property: pathSchema.default('url'), atLeast: z.int().min(2).max(100), withinSeconds: seconds })
    .optional(),
});
export type ScannerSettings = z.infer<typeof scannerSchema>;

/** Says whether an event is an activity of the contact. Types nobody described are activities. */
export const eventTypeSchema = z.strictObject({
  kind: z.literal('event_type'),
  id: eventTypeIdSchema,
  name: nameSchema,
  description: z.string().max(2_000).optional(),
  activity: z.boolean().default(true),
  /** Told from scanners; absent: everything counts. */
  scanners: scannerSchema.optional(),
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
