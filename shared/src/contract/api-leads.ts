import { z } from 'zod';
import { contactRefSchema } from './api-contacts.ts';
import { jsonSchema, momentSchema, pageQuery, uuidSchema } from './api-common.ts';

export const leadStatuses = ['open', 'accepted', 'rejected', 'won', 'lost', 'withdrawn'] as const;
export const leadStatusSchema = z.enum(leadStatuses);

/** What a score owes to something, as of the handoff. */
const reasonSchema = z.object({ label: z.string(), points: z.number() });

export const leadSummarySchema = z.object({
  id: uuidSchema,
  contactId: uuidSchema,
  contact: contactRefSchema.extend({
    stage: z.string().nullable(),
    stageName: z.string().nullable(),
    /** In the lifecycle's model, as of now; null outside its audience. */
    score: z.number().nullable(),
    lastActivityAt: momentSchema.nullable(),
  }),
  runId: uuidSchema,
  /** Whose run routed it; null when that is not known any more. */
  automation: z.string().nullable(),
  automationName: z.string().nullable(),
  queue: z.string(),
  queueName: z.string(),
  rep: z.string().nullable(),
  repName: z.string().nullable(),
  status: leadStatusSchema,
  /** In the lifecycle's model, as of the handoff. */
  score: z.number(),
  /** What gave points at the handoff, the weightiest first; at most five. */
  reasons: z.array(reasonSchema),
  /** Made by backfill: nobody was told, and the clock for answering starts when it is released. */
  held: z.boolean(),
  at: momentSchema,
  answerBy: momentSchema.nullable(),
  reason: z.string().nullable(),
  value: z.number().nullable(),
  /** Who brought it to its status; null while it is open, and for what the product did by itself. */
  answeredBy: z.string().nullable(),
  updatedAt: momentSchema,
});
export type LeadListItem = z.infer<typeof leadSummarySchema>;

export const leadSchema = leadSummarySchema.extend({
  /** Signed, in points; they add up to `score`. */
  lines: z.array(reasonSchema),
  /** Who was considered, who was excluded and why. */
  decision: jsonSchema,
  /** The contact as of the handoff: fields, labels, stage, scores, and `why`, the lines of the explanation. */
  why: jsonSchema,
});
export type LeadDetail = z.infer<typeof leadSchema>;

const leadFilters = {
  queue: z.string().max(64).optional(),
  rep: z.string().max(64).optional().describe('An id of a rep'),
  mine: z
    .enum(['true', 'false'])
    .default('false')
    .describe("Only leads of the reps that have the signed-in person's e-mail address"),
};

export const leadsQuery = z.object({
  ...pageQuery,
  ...leadFilters,
  status: leadStatusSchema.optional(),
  contact: uuidSchema.optional(),
  sort: z
    .enum(['newest', 'hottest'])
    .default('newest')
    .describe('`hottest`: the highest score at the handoff first, among equals the one that waits longest'),
});

export const leadCountsQuery = z.object(leadFilters);
export const leadCountsSchema = z.object({
  counts: z.object({
    open: z.int(),
    accepted: z.int(),
    rejected: z.int(),
    won: z.int(),
    lost: z.int(),
    withdrawn: z.int(),
  }),
  /** Open ones whose time for answering is over. */
  late: z.int(),
  /** Which reps the signed-in person is, by e-mail address; empty for keys. */
  reps: z.array(z.object({ queue: z.string(), queueName: z.string(), rep: z.string(), repName: z.string() })),
});
export type LeadCounts = z.infer<typeof leadCountsSchema>;

export const reasonBodySchema = z.strictObject({ reason: z.string().trim().min(1).max(1_000) });
export const wonBodySchema = z
  .strictObject({ value: z.number().min(0).max(1e12).nullable().default(null) })
  .default({ value: null });
