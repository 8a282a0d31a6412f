import { z } from 'zod';
import { jsonSchema, momentSchema, pageQuery, uuidSchema } from './api-common.ts';

export const leadStatusSchema = z.enum(['open', 'accepted', 'rejected', 'won', 'lost', 'withdrawn']);

export const leadSchema = z.object({
  id: uuidSchema,
  contactId: uuidSchema,
  runId: uuidSchema,
  queue: z.string(),
  rep: z.string().nullable(),
  status: leadStatusSchema,
  /** Who was considered, who was excluded and why. */
  decision: jsonSchema,
  /** Scores, stage and what led here, as of the handoff. */
  why: jsonSchema,
  /** Made by backfill: nobody was told, and the clock for answering starts when it is released. */
  held: z.boolean(),
  at: momentSchema,
  answerBy: momentSchema.nullable(),
  reason: z.string().nullable(),
  value: z.number().nullable(),
  updatedAt: momentSchema,
});

export const leadsQuery = z.object({
  ...pageQuery,
  queue: z.string().max(64).optional(),
  status: leadStatusSchema.optional(),
  rep: z.string().max(64).optional(),
  contact: uuidSchema.optional(),
});

export const reasonBodySchema = z.strictObject({ reason: z.string().trim().min(1).max(1_000) });
export const wonBodySchema = z
  .strictObject({ value: z.number().min(0).max(1e12).nullable().default(null) })
  .default({ value: null });
