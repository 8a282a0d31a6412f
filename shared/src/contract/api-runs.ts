import { z } from 'zod';
import { contactRefSchema } from './api-contacts.ts';
import { jsonSchema, momentSchema, pageOf, pageQuery, totalSchema, uuidSchema } from './api-common.ts';

export const runStatusSchema = z.enum(['waiting', 'completed', 'failed', 'cancelled']);

const summary = {
  id: uuidSchema,
  contactId: uuidSchema,
  contact: contactRefSchema,
  automation: z.string(),
  automationName: z.string(),
  version: z.int(),
  status: runStatusSchema,
  /** Where it is or ended. */
  node: z.string().nullable(),
  nodeTitle: z.string().nullable(),
  /** When its wait times out. */
  until: momentSchema.nullable(),
  startedAt: momentSchema,
  updatedAt: momentSchema,
  error: z.string().nullable(),
  backfilled: z.boolean(),
};
export const runSummarySchema = z.object(summary);
export type RunListItem = z.infer<typeof runSummarySchema>;

export const runSchema = z.object({
  ...summary,
  messageId: z.string().nullable(),
  waiting: jsonSchema,
  trail: z.array(
    z.object({
      node: z.string(),
      /** What kind of node it is, and in words; null where its version has no such node. */
      type: z.string().nullable(),
      title: z.string().nullable(),
      at: momentSchema,
      /** Output taken; null while it waits, and where the run ended or jumped. */
      port: z.string().nullable(),
      /** What happened, in words. */
      note: z.string().nullable(),
    }),
  ),
  deliveries: z.array(
    z.object({
      id: uuidSchema,
      node: z.string(),
      channel: z.string(),
      channelName: z.string(),
      status: z.string(),
      at: momentSchema,
      attempts: z.int(),
      lastError: z.string().nullable(),
      deliveredAt: momentSchema.nullable(),
      payload: jsonSchema,
    }),
  ),
  asks: z.array(
    z.object({
      id: uuidSchema,
      node: z.string(),
      what: z.string(),
      queue: z.string(),
      queueName: z.string(),
      held: z.boolean(),
      at: momentSchema,
      answeredAt: momentSchema.nullable(),
      /** The lead that came of it. */
      lead: uuidSchema.nullable(),
    }),
  ),
  /** Its workflow in Temporal; null when it needed none. */
  workflowId: z.string().nullable(),
  /** That workflow in Temporal's own pages, where they are known. */
  temporalUrl: z.string().nullable(),
});
export type RunDetail = z.infer<typeof runSchema>;

export const runsQuery = z.object({
  ...pageQuery,
  automation: z.string().max(64).optional(),
  version: z.coerce.number().int().min(1).max(1_000_000).optional().describe('Of the automation; needs `automation`'),
  contact: uuidSchema.optional(),
  status: runStatusSchema.optional(),
  node: z.string().max(64).optional().describe('Where the run is or ended; needs `automation`'),
  passed: z
    .string()
    .max(64)
    .optional()
    .describe(
      'A step that the run came to, wherever it is now; needs `automation`. A page may be short and have a next one',
    ),
  passing: z
    .enum(['came', 'through', 'undelivered'])
    .default('came')
    .describe(
      'That it came to that step, is through with it (left it, ended there or was stopped there), or that a message of it was not delivered; needs `passed`',
    ),
  port: z.string().max(64).optional().describe('By which output it left that step; needs `passed`'),
  passedFrom: momentSchema.optional().describe('It came there, or left by that output, at or after; needs `passed`'),
  changedFrom: momentSchema.optional().describe('It last went on, waited or ended at or after'),
  startedFrom: momentSchema.optional().describe('Started at or after'),
  startedBefore: momentSchema.optional().describe('Started before'),
});

/** `total` is null on pages after the first. */
export const runPageSchema = pageOf(runSummarySchema).extend({ total: totalSchema.nullable() });
