import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { daysSchema } from './time.ts';
import { idSchema, nameSchema } from './value.ts';

const stageSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** Score at which the stage is reached; a stage without one is entered by people and automations only. */
  threshold: z.number().optional(),
  /** Extra condition on fields and labels for moving up into the stage. */
  when: conditionSchema.optional(),
  /** Points below the threshold at which the stage is lost (hysteresis). */
  margin: z.number().min(0).default(0),
  minimumStayDays: daysSchema.optional(),
  /** Scores never move a contact out of a terminal stage (customer, disqualified). */
  terminal: z.boolean().default(false),
});
export type Stage = z.infer<typeof stageSchema>;

/** The ordered stages and the model whose score drives them. One per workspace. */
export const lifecycleSchema = z.strictObject({
  kind: z.literal('lifecycle'),
  model: idSchema,
  /** In order. At most 30: the core keeps one bit per stage. */
  stages: z.array(stageSchema).min(1).max(30),
});
export type Lifecycle = z.infer<typeof lifecycleSchema>;
