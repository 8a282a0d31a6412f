import { z } from 'zod';
import { fieldValueSchema } from '../model/value.ts';
import { jsonSchema, momentSchema, pageQuery, uuidSchema } from './api-common.ts';

export const contactSummarySchema = z.object({
  id: uuidSchema,
  userId: z.string().nullable(),
  email: z.string().nullable(),
  stage: z.string().nullable(),
  lastActivityAt: momentSchema.nullable(),
  createdAt: momentSchema,
});

export const contactScoreSchema = z.object({
  model: z.string(),
  name: z.string(),
  /** Points, as of now. */
  score: z.number(),
  /** The part that decays. */
  behaviour: z.number(),
  /** False outside the model's audience. */
  shown: z.boolean(),
});

export const contactSchema = contactSummarySchema.extend({
  fields: z.record(z.string(), fieldValueSchema),
  labels: z.array(z.string()),
  stageSince: momentSchema.nullable(),
  identities: z.array(z.object({ kind: z.enum(['user', 'email', 'anonymous']), value: z.string() })),
  scores: z.array(contactScoreSchema),
  openLead: uuidSchema.nullable(),
  /** When something changes next without any input. */
  nextDueAt: momentSchema.nullable(),
  /** Of the ledger: a rebuild writes a new one. */
  generation: z.int(),
  /** Open historical load that holds what falls due. */
  heldBy: uuidSchema.nullable(),
});

export const contactsQuery = z.object({
  ...pageQuery,
  stage: z.string().max(100).optional().describe('Only contacts in this stage'),
});

export const lookUpQuery = z.object({
  userId: z.string().max(500).optional(),
  email: z.string().max(320).optional(),
  anonymousId: z.string().max(500).optional(),
});

export const explanationSchema = z.object({
  model: z.string(),
  at: momentSchema,
  score: z.number(),
  shown: z.boolean(),
  /** Signed, in points; they add up to the score. */
  lines: z.array(
    z.object({
      kind: z.enum(['rule', 'automation', 'decay', 'cap', 'adjustment', 'clamp', 'rounding']),
      cause: z.string().nullable(),
      group: z.string().nullable(),
      label: z.string(),
      points: z.number(),
    }),
  ),
});

const entry = <Kind extends string>(kind: Kind) => ({ kind: z.literal(kind), at: momentSchema, id: z.string() });

/** What happened to a contact, newest first. */
export const timelineItemSchema = z.discriminatedUnion('kind', [
  z.object({
    ...entry('event'),
    messageId: z.string(),
    type: z.string(),
    occurredAt: momentSchema,
    backfilled: z.boolean(),
    properties: jsonSchema,
    fields: jsonSchema,
    notes: z.array(z.string()),
  }),
  z.object({
    ...entry('points'),
    model: z.string(),
    group: z.string().nullable(),
    entry: z.string(),
    points: z.number(),
    cause: z.string(),
    messageId: z.string().nullable(),
    runId: uuidSchema.nullable(),
    earnedAt: momentSchema,
    expiresAt: momentSchema.nullable(),
  }),
  z.object({
    ...entry('move'),
    from: z.string().nullable(),
    to: z.string().nullable(),
    passed: z.array(z.string()),
    cause: z.string(),
    messageId: z.string().nullable(),
  }),
  z.object({ ...entry('run'), automation: z.string(), version: z.int(), status: z.string() }),
  z.object({ ...entry('lead'), queue: z.string(), rep: z.string().nullable(), status: z.string() }),
]);

export const timelineQuery = z.object({
  ...pageQuery,
  kinds: z.string().max(100).optional().describe('Comma-separated: event, points, move, run, lead'),
});

export const setStageBodySchema = z.strictObject({ stage: z.string().min(1).max(100).nullable() });
export const acceptedInputSchema = z.object({ messageId: z.string() });
export const rebuildSchema = z.object({ jobId: uuidSchema });
export const enrolBodySchema = z.strictObject({ automation: z.string().min(1).max(64) });
