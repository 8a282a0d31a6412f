import { z } from 'zod';
import { fieldValueSchema } from '../model/value.ts';
import { jsonSchema, momentSchema, pageOf, pageQuery, totalSchema, uuidSchema } from './api-common.ts';

/** A contact as rows of other lists name it. */
export const contactRefSchema = z.object({
  id: uuidSchema,
  /** What to call it: its name, else e-mail address, else user id, else "Anonymous" with the start of its id. */
  name: z.string(),
  email: z.string().nullable(),
  company: z.string().nullable(),
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
  /** The model's band that the score lies in. */
  band: z.object({ id: z.string(), name: z.string() }).nullable(),
});

export const contactSummarySchema = contactRefSchema.extend({
  userId: z.string().nullable(),
  stage: z.string().nullable(),
  stageName: z.string().nullable(),
  /** Of every live model, as of now, the lifecycle's first. */
  scores: z.array(contactScoreSchema),
  labels: z.array(z.string()),
  /** The lead that sales has, open or accepted. */
  openLead: uuidSchema.nullable(),
  lastActivityAt: momentSchema.nullable(),
  /** When the last event happened, activity or not. */
  lastEventAt: momentSchema.nullable(),
  createdAt: momentSchema,
});
export type ContactListItem = z.infer<typeof contactSummarySchema>;

export const contactSchema = contactSummarySchema.extend({
  fields: z.record(z.string(), fieldValueSchema),
  /** The account that it belongs to; a moment after that is said it may still be missing. */
  account: z.object({ id: uuidSchema, name: z.string() }).nullable(),
  stageSince: momentSchema.nullable(),
  identities: z.array(z.object({ kind: z.enum(['user', 'email', 'anonymous']), value: z.string() })),
  /** The same lead with what a header shows of it. */
  lead: z
    .object({
      id: uuidSchema,
      status: z.enum(['open', 'accepted']),
      queue: z.string(),
      queueName: z.string(),
      rep: z.string().nullable(),
      repName: z.string().nullable(),
      at: momentSchema,
      answerBy: momentSchema.nullable(),
    })
    .nullable(),
  waitingRuns: z.int(),
  /** When something changes next without any input. */
  nextDueAt: momentSchema.nullable(),
  /** Of the ledger: a rebuild writes a new one. */
  generation: z.int(),
  /** Open historical load that holds what falls due. */
  heldBy: uuidSchema.nullable(),
});
export type ContactDetail = z.infer<typeof contactSchema>;

export const contactSortSchema = z.enum(['newest', 'score']);

export const contactsQuery = z.object({
  ...pageQuery,
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words that begin a word of the name, e-mail address, company or user id; all of them must be found'),
  stage: z.string().max(100).optional().describe('Only contacts in this stage; `none` for those in no stage'),
  label: z.string().max(100).optional().describe('Only contacts with this label'),
  segment: z.string().max(64).optional().describe('Only contacts in this segment'),
  band: z
    .string()
    .max(1_000)
    .regex(/^[a-z0-9_-]+:[a-z0-9_-]+(,[a-z0-9_-]+:[a-z0-9_-]+){0,9}$/, 'must be `model:band`, several with commas')
    .optional()
    .describe('Only contacts in these bands: `fit:a,intent:b`; `none` for those whose score is below all bands'),
  lead: z.enum(['open']).optional().describe('Only contacts that sales has a lead of, open or accepted'),
  sort: contactSortSchema
    .default('newest')
    .describe("`score` puts the highest score in the lifecycle's model first, in whole points"),
});

/** `total` is null on pages after the first. */
export const contactPageSchema = pageOf(contactSummarySchema).extend({ total: totalSchema.nullable() });

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
      /** Of what a person adjusted: who, when and why. */
      by: z.string().optional(),
      at: momentSchema.optional(),
      reason: z.string().optional(),
    }),
  ),
});
export type ScoreExplanation = z.infer<typeof explanationSchema>;

const stageMove = {
  at: momentSchema,
  from: z.string().nullable(),
  fromName: z.string().nullable(),
  to: z.string().nullable(),
  toName: z.string().nullable(),
};

export const forecastQuery = z.object({
  model: z.string().max(64).optional().describe("The lifecycle's model unless set"),
  days: z.coerce.number().int().min(1).max(730).default(180).describe('How far to look ahead'),
});
/** What happens to a contact if nothing more arrives. */
export const forecastSchema = z.object({
  model: z.string(),
  name: z.string(),
  at: momentSchema,
  until: momentSchema,
  /** As of now. */
  score: z.number(),
  shown: z.boolean(),
  stage: z.string().nullable(),
  /** Stage moves that time alone brings, in order. */
  moves: z.array(z.object(stageMove)),
  /**
   * The score over time, for drawing straight lines between: two points at one moment are a step. The first is now, the
   * last is `until`, or where nothing changes any more.
   */
  points: z.array(z.object({ at: momentSchema, score: z.number() })),
  /** Thresholds of the stages, where the model drives the lifecycle. */
  thresholds: z.array(z.object({ stage: z.string(), name: z.string(), threshold: z.number() })),
  /** More changes than are followed: the curve ends early. */
  cut: z.boolean(),
  /** The next stage up, where this score drives the stages and can reach one; `rules`: what takes there by counting once more. */
  next: z
    .object({
      stage: z.string(),
      name: z.string(),
      /** Points below its threshold. */
      missing: z.number(),
      rules: z.array(
        z.object({
          rule: z.string(),
          name: z.string(),
          /** What it adds to the score, caps considered. */
          points: z.number(),
          /** The stage it takes to: this one or a higher one. */
          stage: z.string(),
          stageName: z.string(),
        }),
      ),
    })
    .nullable(),
});
export type ContactForecast = z.infer<typeof forecastSchema>;

const entry = <Kind extends string>(kind: Kind) => ({ kind: z.literal(kind), at: momentSchema, id: z.string() });

/** What led to an entry or a move, for people. */
const cause = {
  /** `rule:<id>`, `node:<automation>/<node>`, `person:<name>`, `score`, `decay`, `reset`. */
  cause: z.string(),
  /** The rule's name, "Automation: node", or a word for the rest. */
  causeName: z.string(),
  /** Where the cause is an automation's node. */
  automation: z.string().nullable(),
  node: z.string().nullable(),
};

/** What happened to a contact, newest first. Ids come with the names that they have now; an id that is gone is its own name. */
export const timelineItemSchema = z.discriminatedUnion('kind', [
  z.object({
    ...entry('event'),
    messageId: z.string(),
    type: z.string(),
    typeName: z.string(),
    occurredAt: momentSchema,
    backfilled: z.boolean(),
    properties: jsonSchema,
    fields: jsonSchema,
    notes: z.array(z.string()),
  }),
  z.object({
    ...entry('points'),
    model: z.string(),
    modelName: z.string(),
    group: z.string().nullable(),
    groupName: z.string().nullable(),
    /** points, profile, reversal, expiry, decay, reset, adjustment or void. */
    entry: z.string(),
    points: z.number(),
    ...cause,
    messageId: z.string().nullable(),
    runId: uuidSchema.nullable(),
    earnedAt: momentSchema,
    expiresAt: momentSchema.nullable(),
    /** What a person said who adjusted or undid it. */
    reason: z.string().nullable(),
  }),
  z.object({
    ...entry('move'),
    ...stageMove,
    passed: z.array(z.string()),
    ...cause,
    messageId: z.string().nullable(),
  }),
  z.object({
    ...entry('run'),
    automation: z.string(),
    automationName: z.string(),
    version: z.int(),
    status: z.string(),
    /** Where it is or ended. */
    node: z.string().nullable(),
    nodeTitle: z.string().nullable(),
    until: momentSchema.nullable(),
    error: z.string().nullable(),
  }),
  z.object({
    ...entry('lead'),
    queue: z.string(),
    queueName: z.string(),
    rep: z.string().nullable(),
    repName: z.string().nullable(),
    status: z.string(),
    reason: z.string().nullable(),
    value: z.number().nullable(),
  }),
]);
export type TimelineItem = z.infer<typeof timelineItemSchema>;

export const timelineQuery = z.object({
  ...pageQuery,
  kinds: z.string().max(100).optional().describe('Comma-separated: event, points, move, run, lead'),
});

export const setStageBodySchema = z.strictObject({ stage: z.string().min(1).max(100).nullable() });
const scorePoints = z.number().min(-1_000_000).max(1_000_000);
export const reasonSchema = z.string().trim().min(1).max(500);
/** Either `points` to add (or take), or the score to `setTo`. */
export const adjustmentBodySchema = z
  .strictObject({
    model: z.string().min(1).max(64),
    points: scorePoints.optional(),
    setTo: scorePoints.optional(),
    reason: reasonSchema,
  })
  .refine(({ points, setTo }) => (points === undefined) !== (setTo === undefined), {
    message: 'Give either the points to add or the score to set.',
  });
export type Adjustment = z.input<typeof adjustmentBodySchema>;
export const acceptedInputSchema = z.object({ messageId: z.string() });
export const rebuildSchema = z.object({ jobId: uuidSchema });
export const enrolBodySchema = z.strictObject({ automation: z.string().min(1).max(64) });
