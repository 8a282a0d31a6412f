import { z } from 'zod';
import { documentSchema, momentSchema, uuidSchema } from './api-common.ts';
import { jobSchema } from './api-operations.ts';

/** The draft, over how many days of history, and for how many contacts; all of them unless a sample is enough. */
export const backTestBodySchema = z.strictObject({
  document: documentSchema,
  days: z.int().min(1).max(3_650),
  sample: z.int().min(1).max(10_000_000).optional(),
});

const bySideSchema = <Value extends z.ZodType>(value: Value) => z.object({ live: value, draft: value });

const backTestSideSchema = z.object({
  /** Contacts who entered the automation, and how often. */
  entered: z.int(),
  runs: z.int(),
  /** What it gave and took, in points. */
  points: z.array(z.object({ model: z.string(), points: z.number() })),
  /** Contacts who came up into a stage, by whatever; and what sales said of them after that. */
  stages: z.array(z.object({ stage: z.string(), contacts: z.int(), won: z.int(), lost: z.int() })),
  handoffs: z.int(),
  messages: z.int(),
});
export type BackTestSide = z.infer<typeof backTestSideSchema>;

export const differenceReasons = [
  'entered_only_live',
  'entered_only_draft',
  'other_way',
  'points',
  'stage',
  'handoff',
  'messages',
  'data',
] as const;
/** In what the sides differ for a contact. */
export type DifferenceReason = (typeof differenceReasons)[number];
const reasonsSchema = z.array(z.enum(differenceReasons));

const differingSchema = z.object({
  contact: z.object({ id: uuidSchema, name: z.string() }),
  reasons: reasonsSchema,
  /** What the automation gave, in points over all models. */
  points: bySideSchema(z.number()),
  /** The stage at the end. */
  stage: bySideSchema(z.string().nullable()),
  /** How often it entered. */
  runs: bySideSchema(z.int()),
  outcome: z.enum(['won', 'lost']).nullable(),
});
export type DifferingContact = z.infer<typeof differingSchema>;

export const backTestSchema = z.object({
  automation: z.string(),
  /** The version beside the draft; null: none was ever published. */
  version: z.int().nullable(),
  from: momentSchema,
  at: momentSchema,
  /** Contacts played, of so many there are; and what had arrived for them. */
  looked: z.int(),
  of: z.int(),
  arrivals: z.int(),
  live: backTestSideSchema,
  draft: backTestSideSchema,
  differ: z.object({
    contacts: z.int(),
    reasons: z.array(z.object({ reason: z.enum(differenceReasons), contacts: z.int() })),
    /** Those that differ most. */
    most: z.array(differingSchema),
  }),
});
export type BackTest = z.infer<typeof backTestSchema>;

/** `backTest` is what was found so far; null before the first contacts were played. */
export const backTestStateSchema = z.object({ job: jobSchema, backTest: backTestSchema.nullable() });
export type BackTestState = z.infer<typeof backTestStateSchema>;
/** The last one of an automation, or that there was none. */
export const latestBackTestSchema = z.object({ job: jobSchema.nullable(), backTest: backTestSchema.nullable() });
export const latestBackTestQuerySchema = z.strictObject({ automation: z.string().min(1).max(64) });
export const backTestContactParams = z.strictObject({ id: uuidSchema, contact: uuidSchema });

const sideOfContactSchema = z.object({
  runs: z.array(
    z.object({
      startedAt: momentSchema,
      status: z.enum(['waiting', 'completed', 'failed', 'cancelled']),
      error: z.string().nullable(),
      trail: z.array(
        z.object({ node: z.string(), at: momentSchema, port: z.string().nullable(), note: z.string().nullable() }),
      ),
    }),
  ),
  entries: z.array(
    z.object({
      at: momentSchema,
      model: z.string(),
      kind: z.string(),
      points: z.number(),
      cause: z.string(),
      /** Whether the other side has the same. */
      both: z.boolean(),
    }),
  ),
  moves: z.array(
    z.object({ at: momentSchema, from: z.string().nullable(), to: z.string().nullable(), both: z.boolean() }),
  ),
  /** Why it did not enter although it might have. */
  notes: z.array(z.object({ at: momentSchema, note: z.string() })),
  scores: z.array(z.object({ model: z.string(), score: z.number() })),
  stage: z.string().nullable(),
});
export type SideOfContact = z.infer<typeof sideOfContactSchema>;

/** One contact's time in the window on both sides. */
export const backTestContactSchema = z.object({
  contact: z.object({ id: uuidSchema, name: z.string() }),
  reasons: reasonsSchema,
  /** How it was when the window began. */
  before: z.object({
    stage: z.string().nullable(),
    scores: z.array(z.object({ model: z.string(), score: z.number() })),
  }),
  /** Where the two part first; null when they do not, or only in what came of it. */
  parts: z
    .object({
      at: momentSchema,
      what: z.enum(['entered', 'way']),
      node: z.string().nullable(),
      live: z.string().nullable(),
      draft: z.string().nullable(),
    })
    .nullable(),
  live: sideOfContactSchema,
  draft: sideOfContactSchema,
});
export type BackTestContactView = z.infer<typeof backTestContactSchema>;
