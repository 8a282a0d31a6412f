import { z } from 'zod';
import { documentSchema, momentSchema, uuidSchema } from './api-common.ts';
import { insideJobSchema, publishChoiceSchema } from './api-in-flight.ts';

/** Where each kind of definition lives under /api. */
export const definitionCollections = {
  models: 'model',
  lifecycle: 'lifecycle',
  automations: 'automation',
  'event-types': 'event_type',
  fields: 'field',
  queues: 'queue',
  channels: 'channel',
  segments: 'segment',
  'maintenance-programs': 'maintenance_program',
  'account-models': 'account_model',
} as const;
export type DefinitionCollection = keyof typeof definitionCollections;

export const definitionKindSchema = z.enum([
  'model',
  'lifecycle',
  'automation',
  'event_type',
  'field',
  'queue',
  'channel',
  'segment',
  'maintenance_program',
  'account_model',
]);

/** `draft`: never published. `ended`: superseded without a successor, which only kinds without pausing can be. */
export const definitionStatusSchema = z.enum(['draft', 'live', 'paused', 'archived']);

const summary = {
  kind: definitionKindSchema,
  id: z.string(),
  name: z.string(),
  /** What it is for; null where nobody said. */
  description: z.string().nullable(),
  status: definitionStatusSchema,
  /** Of the last published version; null before the first. */
  version: z.int().nullable(),
  publishedAt: momentSchema.nullable(),
  draft: z.object({ edition: z.int(), updatedAt: momentSchema }).nullable(),
};
export const definitionSummarySchema = z.object(summary);
export type DefinitionSummary = z.infer<typeof definitionSummarySchema>;

/** Runs of an automation by what became of them; `waiting` are inside. */
const runCountsSchema = z.object({
  entered: z.int(),
  waiting: z.int(),
  completed: z.int(),
  failed: z.int(),
  cancelled: z.int(),
});

/** An automation as its list shows it. */
export const automationSummarySchema = z.object({
  ...summary,
  folder: z.string().nullable(),
  labels: z.array(z.string()),
  owner: z.object({ id: uuidSchema, name: z.string() }).nullable(),
  /** A favourite of whoever asks; keys have none. */
  starred: z.boolean(),
  /** When it was last published or its draft saved. */
  updatedAt: momentSchema.nullable(),
  counts: runCountsSchema,
  /** Runs that began on each of the last 30 days (UTC), the oldest first, today last. */
  enteredPerDay: z.array(z.int()).length(30),
});
export type AutomationSummary = z.infer<typeof automationSummarySchema>;

export const folderSchema = z.string().trim().min(1).max(100).nullable();
export const folderBodySchema = z.strictObject({ folder: folderSchema });
export const automationFolderSchema = z.object({ id: z.string(), folder: folderSchema });

/** For how long back it is counted: from the beginning of the five minutes, the hour or the day (UTC) in which that begins. */
export const countsPeriodSchema = z.enum(['hour', 'day', 'week', 'month', 'all']);
export type CountsPeriod = z.infer<typeof countsPeriodSchema>;

export const automationCountsQuery = z.object({
  version: z.coerce.number().int().min(1).max(1_000_000).optional().describe('All versions together unless set'),
  period: countsPeriodSchema
    .default('all')
    .describe(
      'How far back: an hour, a day, a week, 30 days, or everything. It begins with the five minutes, the hour or the day (UTC) that it falls into; `since` says when. Who waits is counted now, whatever the period',
    ),
});
/** What passed where, kept as it grows and equal to the runs' trails. */
export const automationCountsSchema = z.object({
  automation: z.string(),
  version: z.int().nullable(),
  period: countsPeriodSchema,
  /** When the period began; null: everything is counted. */
  since: momentSchema.nullable(),
  counts: runCountsSchema,
  nodes: z.array(
    z.object({
      node: z.string(),
      /** How often runs came to it: a run that comes by twice counts twice. */
      entered: z.int(),
      /** Runs that are at it now, waiting. */
      waiting: z.int(),
      /** How often runs were through with it: went on by an output or a jump, ended there, or were stopped while they waited. */
      done: z.int(),
      /** Runs that failed at it. */
      failed: z.int(),
      /** Messages of it that were not delivered, sent in the period. */
      undelivered: z.int(),
    }),
  ),
  /** How often each output was taken. `start`, port `next`, counts the runs that began. */
  edges: z.array(z.object({ from: z.string(), port: z.string(), count: z.int() })),
  /** Why runs failed at a step, or messages of it were not delivered: what the newest thousand of each say, the most frequent first. */
  failures: z.array(
    z.object({
      node: z.string(),
      kind: z.enum(['run', 'delivery']),
      reason: z.string(),
      count: z.int(),
      /** The newest that it happened to. */
      run: uuidSchema,
    }),
  ),
});
export type AutomationCounts = z.infer<typeof automationCountsSchema>;

export const versionParams = z.object({
  id: z.string().min(1).max(200),
  version: z.coerce.number().int().min(1).max(1_000_000),
});

export const definitionDetailSchema = z.object({
  ...summary,
  /** What was published last. */
  document: documentSchema.nullable(),
  draft: z.object({ edition: z.int(), updatedAt: momentSchema, document: documentSchema }).nullable(),
});

export const draftBodySchema = z.strictObject({
  document: documentSchema,
  /** The edition that was read; null (or left out) for a new draft. */
  edition: z.int().positive().nullable().default(null),
});
export const draftSchema = z.object({
  kind: definitionKindSchema,
  id: z.string(),
  document: documentSchema,
  edition: z.int(),
  updatedAt: momentSchema,
});

/** Why something was published although tests of automations went another way, by whom, and what they said. */
export const despiteTestsSchema = z.object({ reason: z.string(), by: z.string(), failed: z.array(z.string()) });
export type DespiteTests = z.infer<typeof despiteTestsSchema>;

const despiteTests = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .optional()
  .describe('Why it is published although tests of automations go another way; kept with the version');

export const publishBodySchema = z
  .strictObject({
    despiteTests,
    inside: publishChoiceSchema
      .default('finish')
      .describe(
        'Of an automation: those who wait inside finish on the version that they entered, move to this one by the step that they wait at, or their runs end. Decided with the publication itself, for whoever entered before it',
      ),
  })
  .default({ inside: 'finish' });

export const versionSchema = z.object({
  version: z.int(),
  fromRevision: z.int(),
  toRevision: z.int().nullable(),
  endedBy: z.enum(['superseded', 'paused', 'archived']).nullable(),
  publishedAt: momentSchema,
  document: documentSchema,
  /** Null: its tests went as saved, or it has none. */
  despite: despiteTestsSchema.nullable(),
});

export const definitionProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  document: z.object({ kind: z.string(), id: z.string() }),
  node: z.string().optional(),
  path: z.string().optional(),
  message: z.string(),
});
export const validationSchema = z.object({ valid: z.boolean(), problems: z.array(definitionProblemSchema) });

const published = z.array(z.object({ kind: definitionKindSchema, id: z.string(), version: z.int() }));
export const publicationSchema = z.object({
  /** Revision of the workspace's definitions after it. */
  revision: z.int(),
  published,
  /** Documents that say what is published already. */
  unchanged: published,
});
/** Of one document: with the job that tells those inside what becomes of them; null where nobody has to be told. */
export const onePublicationSchema = publicationSchema.extend(insideJobSchema.shape);
export const revisionSchema = z.object({ revision: z.int() });

export const applyBodySchema = z.strictObject({
  documents: z.array(documentSchema).min(1).max(1_000),
  /** Only checks: publishes nothing. */
  dryRun: z.boolean().default(false),
  despiteTests,
});

export const channelSecretSchema = z.object({ channel: z.string(), secret: z.string() });
