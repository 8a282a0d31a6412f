import { z } from 'zod';
import { documentSchema, momentSchema, uuidSchema } from './api-common.ts';
import { reasonSchema } from './api-contacts.ts';
import { jobSchema } from './api-operations.ts';

/** What is to be published, and how many contacts (and accounts) are looked at; all of them unless a sample is enough. */
export const impactBodySchema = z.strictObject({
  documents: z.array(documentSchema).min(1).max(100),
  sample: z.int().min(1).max(10_000_000).optional(),
});

const scoreChangeSchema = z.object({
  contact: z.object({ id: uuidSchema, name: z.string() }),
  model: z.string(),
  from: z.number(),
  to: z.number(),
  stageFrom: z.string().nullable(),
  stageTo: z.string().nullable(),
});

const modelChangeSchema = z.object({
  model: z.string(),
  up: z.int(),
  down: z.int(),
  /** Sum of the changes, in points. */
  change: z.number(),
});

const sideSchema = z.object({
  /** Contacts with another score in some model or another stage. */
  contacts: z.int(),
  models: z.array(modelChangeSchema),
  /** Stage moves; null: no stage. */
  moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), contacts: z.int() })),
  /** Contacts by the bands that they would be in; `band` null: below all of them, or the model has none. */
  bands: z.array(z.object({ model: z.string(), band: z.string().nullable(), contacts: z.int() })).default([]),
  /** Those that change most. */
  examples: z.array(scoreChangeSchema),
});
export type ImpactSide = z.infer<typeof sideSchema>;

const bandSchema = z.object({ id: z.string(), name: z.string() }).nullable();

/** What becomes of accounts' scores in one model for accounts. */
const accountModelChangeSchema = modelChangeSchema.extend({
  name: z.string(),
  /** Accounts with another score or band; how many of them have another band. */
  accounts: z.int(),
  rebanded: z.int(),
  /** Moves between bands; null: below all of them, outside the audience, or the model has none. */
  bands: z.array(z.object({ from: bandSchema, to: bandSchema, accounts: z.int() })),
  /** Those that change most. */
  examples: z.array(
    z.object({
      account: z.object({ id: uuidSchema, name: z.string() }),
      from: z.number(),
      to: z.number(),
      bandFrom: bandSchema,
      bandTo: bandSchema,
    }),
  ),
});
export type AccountModelChange = z.infer<typeof accountModelChangeSchema>;

const accountSideSchema = z.object({
  /** Accounts with another score or band in some model. */
  accounts: z.int(),
  /** Models for accounts that are to be published or look at a model that is, and any other in which some account changes. */
  models: z.array(accountModelChangeSchema),
});
export type AccountSide = z.infer<typeof accountSideSchema>;

/** What publishing would change for accounts. */
const accountImpactSchema = z.object({
  /** Accounts looked at, of so many there are. */
  looked: z.int(),
  of: z.int(),
  /** Applied from now on: with contacts as that leaves them at once. */
  now: accountSideSchema,
  /** With contacts rebuilt from history; null where nothing is to be published that counts for contacts. */
  history: accountSideSchema.nullable(),
});
export type AccountImpact = z.infer<typeof accountImpactSchema>;

/** What publishing would change, for contacts as they are at one moment. */
export const impactSchema = z.object({
  at: momentSchema,
  /** Contacts looked at, of so many there are. */
  looked: z.int(),
  of: z.int(),
  /** Applied from now on: what changes at once. */
  now: sideSchema,
  /** Rebuilt from history: as if the models and stages had always been these. */
  history: sideSchema,
  /** Null where there is no model for accounts, neither in force nor to be published. */
  accounts: accountImpactSchema.nullable().default(null),
});
export type Impact = z.infer<typeof impactSchema>;

/** `impact` is what was found so far; null before the first contacts were looked at. */
export const impactStateSchema = z.object({ job: jobSchema, impact: impactSchema.nullable() });
export type ImpactState = z.infer<typeof impactStateSchema>;

export const startedJobSchema = z.object({ jobId: uuidSchema });
/** A rebuild of everybody, or that there was none. */
export const rebuildStateSchema = z.object({ job: jobSchema.nullable() });

const few = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(1_000).optional();

/** Which entries are undone: those that fit everything that is given. Something must be given. */
export const voidFilterSchema = z
  .strictObject({
    contacts: few(uuidSchema),
    eventTypes: few(z.string().min(1).max(100)),
    models: few(z.string().min(1).max(64)),
    /** `rule:<id>`, `node:<automation>/<node>`, `person:<name>`. */
    causes: few(z.string().min(1).max(300)),
    messages: few(z.string().min(1).max(500)),
    /** Earned from this moment on, and before that one. */
    from: momentSchema.optional(),
    to: momentSchema.optional(),
  })
  .refine((filter) => Object.values(filter).some((value) => value !== undefined), {
    message: 'Say which points are to be undone: name contacts, event types, rules, messages or a stretch of time.',
  });
export type VoidFilter = z.infer<typeof voidFilterSchema>;

export const voidPreviewSchema = z.object({
  contacts: z.int(),
  entries: z.int(),
  /** What the entries were worth when they were earned, in points. */
  points: z.number(),
  /** The first contacts, played through in memory: what each loses now, and its stage after it. */
  looked: z.int(),
  moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), contacts: z.int() })),
  examples: z.array(
    z.object({
      contact: z.object({ id: uuidSchema, name: z.string() }),
      entries: z.int(),
      /** What the contact loses now, in points over all models. */
      points: z.number(),
      stageFrom: z.string().nullable(),
      stageTo: z.string().nullable(),
    }),
  ),
});
export type VoidPreview = z.infer<typeof voidPreviewSchema>;
export const voidPreviewBodySchema = z.strictObject({ filter: voidFilterSchema });
export const voidBodySchema = z.strictObject({ filter: voidFilterSchema, reason: reasonSchema });
export const voidStateSchema = z.object({ job: jobSchema.nullable() });
