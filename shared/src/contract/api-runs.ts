import { z } from 'zod';
import { jsonSchema, momentSchema, pageQuery, uuidSchema } from './api-common.ts';

export const runStatusSchema = z.enum(['waiting', 'completed', 'failed', 'cancelled']);

const summary = {
  id: uuidSchema,
  contactId: uuidSchema,
  automation: z.string(),
  version: z.int(),
  status: runStatusSchema,
  /** Where it is or ended. */
  node: z.string().nullable(),
  /** When its wait times out. */
  until: momentSchema.nullable(),
  startedAt: momentSchema,
  updatedAt: momentSchema,
  error: z.string().nullable(),
  backfilled: z.boolean(),
};
export const runSummarySchema = z.object(summary);

export const runSchema = z.object({
  ...summary,
  messageId: z.string().nullable(),
  waiting: jsonSchema,
  trail: z.array(
    z.object({ node: z.string(), at: momentSchema, port: z.string().nullable(), note: z.string().nullable() }),
  ),
  deliveries: z.array(
    z.object({
      id: uuidSchema,
      node: z.string(),
      channel: z.string(),
      status: z.string(),
      at: momentSchema,
      attempts: z.int(),
      lastError: z.string().nullable(),
      deliveredAt: momentSchema.nullable(),
    }),
  ),
  asks: z.array(
    z.object({
      id: uuidSchema,
      node: z.string(),
      what: z.string(),
      queue: z.string(),
      held: z.boolean(),
      at: momentSchema,
      answeredAt: momentSchema.nullable(),
    }),
  ),
  /** Its workflow in Temporal; null when it needed none. */
  workflowId: z.string().nullable(),
});

export const runsQuery = z.object({
  ...pageQuery,
  automation: z.string().max(64).optional(),
  contact: uuidSchema.optional(),
  status: runStatusSchema.optional(),
  startedFrom: momentSchema.optional().describe('Started at or after'),
  startedBefore: momentSchema.optional().describe('Started before'),
});
