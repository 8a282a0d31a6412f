import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { bandSchema, groupSchema, pointsSchema, profileRuleSchema } from './score-model.ts';
import { idSchema, nameSchema } from './value.ts';

/** How the scores of an account's contacts become one. */
const togetherSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['sum', 'maximum', 'average']) }),
  /** The sum of the N highest. */
  z.strictObject({ kind: z.literal('top'), count: z.int().min(1).max(1_000) }),
]);
export type Together = z.infer<typeof togetherSchema>;

/** What an account's contacts bring to its score. Contacts outside the audience of the model do not count, as if they were not there. */
const contactsPartSchema = z.strictObject({
  /** A score model of contacts. */
  model: idSchema,
  /** The whole score, or the part that decays. */
  part: z.enum(['all', 'behaviour']).default('all'),
  together: togetherSchema.default({ kind: 'sum' }),
  /** Most points that they can bring together. */
  cap: pointsSchema.min(0).optional(),
});
export type ContactsPart = z.infer<typeof contactsPartSchema>;

/** Groups and rules look at the account's own fields, so they are of kind profile; shaped as those of contact models. */
const profileGroupSchema = groupSchema.extend({ kind: z.literal('profile').default('profile') });
const accountRuleSchema = profileRuleSchema.extend({ kind: z.literal('profile').default('profile') });

/**
 * One score sheet for accounts: the scores of its contacts taken together, and points while conditions on its own fields
 * (`account.<name>`) are true. A read model: it is computed from contacts as they are and never changes one.
 */
export const accountModelSchema = z.strictObject({
  kind: z.literal('account_model'),
  id: idSchema,
  name: nameSchema,
  description: z.string().max(2_000).optional(),
  audience: conditionSchema.optional(),
  clamp: z.strictObject({ min: z.number(), max: z.number() }).default({ min: 0, max: 1_000 }),
  contacts: z.array(contactsPartSchema).max(10).default([]),
  groups: z.array(profileGroupSchema).max(50).default([]),
  rules: z.array(accountRuleSchema).max(1_000).default([]),
  bands: z.array(bandSchema).min(1).max(20).optional(),
});
export type AccountModel = z.infer<typeof accountModelSchema>;
