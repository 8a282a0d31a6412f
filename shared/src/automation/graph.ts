import { z } from 'zod';
import { conditionSchema, eventTypeIdSchema } from '../model/condition.ts';
import { countingSchema } from '../model/counting.ts';
import { scenarioSchema } from '../model/scenario.ts';
import { scheduleSchema } from '../model/schedule.ts';
import { daysSchema } from '../model/time.ts';
import { idSchema, nameSchema, pathSchema } from '../model/value.ts';
import { nodeSchema } from '../nodes/registry.ts';

/** The graph format that this code writes; older ones are brought up by `migrations.ts`. */
export const graphSchemaVersion = 1;

export const triggerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('event'), event: eventTypeIdSchema, where: conditionSchema.optional() }),
  z.strictObject({ type: z.literal('field_changed'), field: pathSchema }),
  z.strictObject({
    type: z.literal('score_crosses'),
    model: idSchema,
    value: z.number(),
    direction: z.enum(['up', 'down']).default('up'),
  }),
  z.strictObject({ type: z.literal('stage_entered'), stage: idSchema }),
  z.strictObject({ type: z.literal('stage_left'), stage: idSchema }),
  z.strictObject({ type: z.literal('label_added'), label: z.string().trim().min(1).max(100) }),
  z.strictObject({ type: z.literal('label_removed'), label: z.string().trim().min(1).max(100) }),
  z.strictObject({ type: z.literal('segment_entered'), segment: idSchema }),
  z.strictObject({ type: z.literal('segment_left'), segment: idSchema }),
  z.strictObject({ type: z.literal('inactive'), days: daysSchema }),
  /** A date of the contact, so many days before (negative) or after it; `yearly`: and on its day in every later year. */
  z.strictObject({
    type: z.literal('date'),
    field: pathSchema,
    shiftDays: z.number().min(-36_525).max(36_525).default(0),
    yearly: z.boolean().default(false),
  }),
  /** By the clock of a place, and by *Run now*: everybody whom it is about then. Absent `who`: everybody. */
  z.strictObject({ type: z.literal('schedule'), when: scheduleSchema, who: conditionSchema.optional() }),
  /** Started by a person, by API, or by another automation's *start another automation*. */
  z.strictObject({ type: z.literal('manual') }),
  /** What sales reported about the contact's lead. */
  z.strictObject({ type: z.literal('lead'), outcome: z.enum(['accepted', 'rejected', 'won', 'lost']) }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

/** The virtual node that edges leave from when a trigger fires. */
export const startNodeId = 'start';

const edgeSchema = z.strictObject({
  from: idSchema,
  /** The output taken: `next`, a branch's id, `else`, `happened`, `timed_out`, `routed`, `no_one`. */
  port: idSchema.default('next'),
  to: idSchema,
});
export type Edge = z.infer<typeof edgeSchema>;

export const automationSchema = z.strictObject({
  kind: z.literal('automation'),
  schemaVersion: z.literal(graphSchemaVersion).default(graphSchemaVersion),
  id: idSchema,
  name: nameSchema,
  description: z.string().max(2_000).optional(),
  triggers: z.array(triggerSchema).min(1).max(50),
  /** How often one contact may enter. */
  reentry: countingSchema.default({ kind: 'every_time' }),
  /** What happens when a trigger fires while the contact is inside. */
  whileInside: z.enum(['skip', 'restart', 'side_by_side']).default('side_by_side'),
  /** Whether backfilled events notify people and systems too. */
  pagesOnBackfill: z.boolean().default(false),
  nodes: z.array(nodeSchema).max(5_000),
  edges: z.array(edgeSchema).max(10_000),
  /** Where the canvas shows each node; the core ignores it. */
  layout: z.record(idSchema, z.strictObject({ x: z.number(), y: z.number() })).optional(),
  /** Its tests: what happens to made-up contacts, run before it is published. The core ignores them. */
  scenarios: z.array(scenarioSchema).max(50).optional(),
});
export type Automation = z.infer<typeof automationSchema>;
