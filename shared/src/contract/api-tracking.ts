import { z } from 'zod';

/** Limits of the tracking API: what Segment's has. Bodies count inflated. */
export const maxBatchBytes = 512_000;
export const maxBatchEvents = 2_500;

/** Events are read one by one, so that a bad one never loses the rest: here they are any JSON. */
export const batchBodySchema = z
  .looseObject({
    batch: z.array(z.unknown()).min(1),
    /** When the sender sent it, by its own clock. */
    sentAt: z.unknown().optional(),
    /** Where senders cannot set headers: the write key. */
    writeKey: z.string().max(200).optional(),
    /** An open historical load that the events belong to. */
    importId: z.guid().optional(),
  })
  .describe("A batch of calls, as Segment's libraries send it: each with its `type`.");

export const callBodySchema = z
  .looseObject({
    messageId: z.string().optional(),
    userId: z.union([z.string(), z.number()]).nullish(),
    anonymousId: z.union([z.string(), z.number()]).nullish(),
    timestamp: z.unknown().optional(),
    sentAt: z.unknown().optional(),
    writeKey: z.string().max(200).optional(),
  })
  .describe('One call. See https://segment.com/docs/connections/spec/');

export const importQuery = z.object({ import: z.guid().optional().describe('An open historical load') });

export const acceptedSchema = z.object({
  success: z.boolean(),
  accepted: z.int(),
  /** Sent before, by their `messageId`. */
  duplicates: z.int(),
  /** Refused ones by their place in the batch; sending them again would be refused again. */
  errors: z.array(
    z.object({
      index: z.int(),
      messageId: z.string().nullable(),
      error: z.object({ code: z.string(), message: z.string() }),
    }),
  ),
});
export type Accepted = z.infer<typeof acceptedSchema>;
