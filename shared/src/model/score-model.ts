import { z } from 'zod';
import { conditionSchema, eventTypeIdSchema } from './condition.ts';
import { countingSchema } from './counting.ts';
import { daysSchema } from './time.ts';
import { idSchema, nameSchema } from './value.ts';

const maxPoints = 1_000_000;
export const pointsSchema = z.number().min(-maxPoints).max(maxPoints);

/** The behaviour group that automations score into unless they name another; every model has it. */
export const automationsGroupId = 'automations';

export const groupSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  kind: z.enum(['profile', 'behaviour']),
  /** Most points that the group can contribute. */
  cap: z.number().min(0).max(maxPoints).optional(),
});
export type Group = z.infer<typeof groupSchema>;

const ruleBase = {
  id: idSchema,
  name: nameSchema,
  group: idSchema,
  points: pointsSchema,
  tier: z.enum(['high', 'mid', 'low']).optional(),
};

/** Explicit: points held while a condition on fields or labels is true. */
export const profileRuleSchema = z.strictObject({ kind: z.literal('profile'), ...ruleBase, when: conditionSchema });
/** Implicit: points for an event, generic or with conditions on its properties. */
const behaviourRuleSchema = z.strictObject({
  kind: z.literal('behaviour'),
  ...ruleBase,
  event: eventTypeIdSchema,
  where: conditionSchema.optional(),
  counts: countingSchema.default({ kind: 'once' }),
  /** Whether the model's half-life applies to these points. */
  decays: z.boolean().default(true),
});
export type ProfileRule = z.infer<typeof profileRuleSchema>;
export type BehaviourRule = z.infer<typeof behaviourRuleSchema>;

export const ruleSchema = z.discriminatedUnion('kind', [profileRuleSchema, behaviourRuleSchema]);
export type Rule = z.infer<typeof ruleSchema>;

export const inactivityDecaySchema = z.strictObject({
  afterDays: daysSchema.default(60),
  /** Steps repeat this often until activity or the floor; absent: one step per silence. */
  everyDays: daysSchema.optional(),
  by: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('points'), points: z.number().positive().max(maxPoints) }),
    z.strictObject({ kind: z.literal('percent'), percent: z.number().positive().max(100) }),
  ]),
  floor: z.number().min(0).max(maxPoints).default(0),
});

export const resetSchema = z.strictObject({
  afterDays: daysSchema,
  from: z.enum(['first_point', 'last_activity']).default('first_point'),
});

/** A named range of the score, from here to where the next one starts; so bands leave no gaps between them and never overlap. */
export const bandSchema = z.strictObject({ id: idSchema, name: nameSchema, from: z.number() });
export type Band = z.infer<typeof bandSchema>;

export const scoreModelSchema = z.strictObject({
  kind: z.literal('model'),
  id: idSchema,
  name: nameSchema,
  description: z.string().max(2_000).optional(),
  audience: conditionSchema.optional(),
  clamp: z.strictObject({ min: z.number(), max: z.number() }).default({ min: 0, max: 100 }),
  halfLifeDays: daysSchema.optional(),
  /** Look-back window: points of behaviour expire after this; absent means ALL. */
  windowDays: daysSchema.optional(),
  groups: z.array(groupSchema).max(50).default([]),
  rules: z.array(ruleSchema).max(1_000).default([]),
  decay: inactivityDecaySchema.optional(),
  reset: resetSchema.optional(),
  /** Names for ranges of the score: A to D, top, middle and bottom. */
  bands: z.array(bandSchema).min(1).max(20).optional(),
});
export type ScoreModel = z.infer<typeof scoreModelSchema>;
