import { z } from 'zod';
import { namedKinds } from '../model/named.ts';
import { fieldTypes } from '../model/field.ts';
import { documentSchema, momentSchema } from './api-common.ts';

/** What lists and editors are told about the workspace as a whole. */

export const distributionQuery = z.object({
  buckets: z.coerce.number().int().min(5).max(200).default(20).describe('How many bars the range is cut into'),
});

/** Of pictures of all contacts: how many there are, and how many were looked at. */
export const samplingShape = {
  at: momentSchema,
  /** Contacts that there are. */
  contacts: z.int(),
  /** Counts are extrapolated from so many contacts, drawn at random; equal to `contacts` when each was looked at. */
  sampleSize: z.int(),
  sampled: z.boolean(),
};

const bandSchema = z.object({ id: z.string().nullable(), name: z.string() });

/** Scores of all contacts as of now. */
export const distributionSchema = z.object({
  model: z.string(),
  name: z.string(),
  ...samplingShape,
  /** Each from `from` up to but without `to`; the last one with it. */
  buckets: z.array(z.object({ from: z.number(), to: z.number(), count: z.int() })),
  /** Outside the audience: in no bucket. */
  notShown: z.int(),
  mean: z.number().nullable(),
  /** Contacts by the model's bands, the highest first; `id` null: below all of them, or it has none. */
  bands: z.array(bandSchema.extend({ count: z.int() })),
  /** Contacts by the stage that they are in now, in the lifecycle's order, then those in none. */
  stages: z.array(z.object({ stage: z.string().nullable(), name: z.string(), count: z.int() })),
});
export type Distribution = z.infer<typeof distributionSchema>;

export const gridQuery = z.object({ with: z.string().min(1).max(64).describe('The other score model') });

/** Contacts by their bands in two models, the highest first: fit and intent, say. */
export const gridSchema = z.object({
  model: z.string(),
  with: z.string(),
  ...samplingShape,
  /** Bands of the model; `id` null: below all of them, or it has none. */
  rows: z.array(bandSchema),
  /** Bands of the other. */
  columns: z.array(bandSchema),
  /** By row, then by column. Contacts outside either audience are in none. */
  counts: z.array(z.array(z.int())),
});
export type Grid = z.infer<typeof gridSchema>;

/** What the scores of a model tell of its rules, where every rule has another power of two for its points. */
export const combinationsSchema = z.object({
  model: z.string(),
  ...samplingShape,
  /** Why they tell nothing; null: they do. */
  why: z.string().nullable(),
  /** Every combination of the rules that can hold, all of them first. */
  items: z.array(
    z.object({
      score: z.int(),
      rules: z.array(z.object({ id: z.string(), name: z.string() })),
      count: z.int(),
      /** The segment in force that says the same. */
      segment: z.string().nullable(),
      /** A segment for it, to be applied. */
      document: documentSchema,
    }),
  ),
});
export type Combinations = z.infer<typeof combinationsSchema>;

/** What the events, contacts and accounts that there are say against a model in force. */
export const modelChecksSchema = z.object({
  items: z.array(
    z.object({
      /**
       * It gave nothing in 90 days; what it looks at comes, and it never fits; it looks at a field that nobody has; no contact
       * reaches a stage's threshold; no account reaches a band.
       */
      code: z.enum([
        'rule_not_matched',
        'rule_never_fits',
        'unknown_field',
        'threshold_not_reached',
        'band_not_reached',
      ]),
      /** The rule that it is about. */
      rule: z.string().nullable(),
      message: z.string(),
    }),
  ),
});
export type ModelChecks = z.infer<typeof modelChecksSchema>;

/** Stages as in a lifecycle; what else they say is ignored. */
export const lifecyclePreviewBodySchema = z.object({
  model: z.string().max(64).optional().describe("The lifecycle's model unless set"),
  stages: z
    .array(
      z.object({
        id: z.string().min(1).max(100),
        threshold: z.number().optional(),
        when: documentSchema
          .optional()
          .describe('The extra condition, as in a lifecycle: on fields, labels and stages'),
        terminal: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(30),
});
/**
 * Where the scores of now would put contacts that have none: those in a terminal stage stay there. Margins, minimum stays and what
 * people set by hand are left out.
 */
export const lifecyclePreviewSchema = z.object({
  model: z.string(),
  ...samplingShape,
  /** In the order given; the highest stage counts whose threshold is reached and whose condition holds. `now`: contacts in it now. */
  stages: z.array(z.object({ id: z.string(), threshold: z.number().nullable(), count: z.int(), now: z.int() })),
  /** In none of them, or outside the audience. */
  none: z.object({ count: z.int(), now: z.int() }),
});
export type LifecyclePreview = z.infer<typeof lifecyclePreviewSchema>;

const valueKindSchema = z.enum(['text', 'number', 'boolean', 'date', 'list', 'unknown']);

/** Places in definitions in force that name it. */
const used = { uses: z.int() };

/** What rules, conditions and triggers can be about: declared in definitions, or seen in events. */
export const catalogueSchema = z.object({
  eventTypes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      /** Described by a definition. */
      declared: z.boolean(),
      activity: z.boolean(),
      /** Those of programs that look at mail are told from those of people. */
      scanners: z.boolean(),
      ...used,
      /** Right to the hour; null when none came yet. */
      lastSeenAt: momentSchema.nullable(),
      properties: z.array(z.object({ path: z.string(), kind: valueKindSchema, lastSeenAt: momentSchema })),
    }),
  ),
  fields: z.array(
    z.object({
      path: z.string(),
      /** As a definition calls it; null where none does. */
      name: z.string().nullable(),
      description: z.string().nullable(),
      /** What it is said to hold, else what its values were when last seen. */
      kind: valueKindSchema,
      /** What it is said to hold. */
      type: z.enum(fieldTypes).nullable(),
      /** What its values were when last seen. */
      seenKind: valueKindSchema,
      /** Nothing may look at it any more. */
      deleted: z.boolean(),
      ...used,
      /** Some definition names it. */
      declared: z.boolean(),
      lastSeenAt: momentSchema.nullable(),
    }),
  ),
  labels: z.array(z.object({ label: z.string(), declared: z.boolean(), ...used, lastSeenAt: momentSchema.nullable() })),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

export const catalogueUsesQuery = z.object({
  kind: z.enum(namedKinds),
  name: z.string().min(1).max(200).describe('The path of a field, a label, or the id of anything else'),
});
