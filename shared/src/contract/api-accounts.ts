import { z } from 'zod';
import { whyNotSettable } from '../account/identity.ts';
import { fieldValueSchema } from '../model/value.ts';
import { momentSchema, pageOf, pageQuery, totalSchema, uuidSchema } from './api-common.ts';
import { contactSummarySchema, reasonSchema } from './api-contacts.ts';

const accountScoreSchema = z.object({
  model: z.string(),
  name: z.string(),
  score: z.number(),
  /** False outside the model's audience. */
  shown: z.boolean(),
  band: z.object({ id: z.string(), name: z.string() }).nullable(),
});

export const accountSummarySchema = z.object({
  id: uuidSchema,
  name: z.string(),
  /** How many contacts belong to it. */
  contacts: z.int(),
  /** Of every account model in force, as of `asOf`. */
  scores: z.array(accountScoreSchema),
  /** When it was last computed: soon after one of its contacts changed, or when fading took a point off. */
  asOf: momentSchema,
  createdAt: momentSchema,
});
export type AccountListItem = z.infer<typeof accountSummarySchema>;

export const accountsQuery = z.object({
  ...pageQuery,
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words that begin a word of the name or of a field; all of them must be found'),
  model: z
    .string()
    .max(64)
    .optional()
    .describe('Account model of `band` and of the order by score; the first one unless set'),
  band: z.string().max(64).optional().describe('Only accounts whose score lies in this band'),
  sort: z
    .enum(['score', 'newest', 'name', 'contacts'])
    .default('newest')
    .describe('`score` and `contacts` put the highest first; by `score`, accounts outside the audience are left out'),
});
/** `total` is null on pages after the first. */
export const accountPageSchema = pageOf(accountSummarySchema).extend({ total: totalSchema.nullable() });

export const accountExplanationSchema = accountScoreSchema.extend({
  /** Signed, in points; they add up to the score. */
  lines: z.array(
    z.object({
      kind: z.enum(['contact', 'contacts', 'rule', 'cap', 'clamp', 'rounding']),
      /** The contact that brings it, of kind `contact`. */
      contact: uuidSchema.nullable(),
      /** Contact model that it comes from. */
      model: z.string().nullable(),
      cause: z.string().nullable(),
      group: z.string().nullable(),
      label: z.string(),
      points: z.number(),
    }),
  ),
});
export type AccountExplanation = z.infer<typeof accountExplanationSchema>;

/** As of now, not as last computed. */
export const accountSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  contacts: z.int(),
  /** As conditions name them: `account.<name>`; of each what its contacts said last. */
  fields: z.record(z.string(), fieldValueSchema),
  /** What people and files said of it last, by field; null takes a field back. A contact that says something newer wins. */
  said: z.record(
    z.string(),
    z.object({ value: fieldValueSchema, at: momentSchema, by: z.string(), reason: z.string() }),
  ),
  at: momentSchema,
  scores: z.array(accountExplanationSchema),
  createdAt: momentSchema,
});
export type AccountDetail = z.infer<typeof accountSchema>;

export const accountContactsQuery = z.object(pageQuery);
export const accountContactsSchema = pageOf(contactSummarySchema);

export const accountForecastQuery = z.object({
  days: z.coerce.number().int().min(1).max(365).default(30).describe('How far to look ahead'),
});
/** What becomes of an account's scores if nothing more arrives for any of its contacts. */
export const accountForecastSchema = z.object({
  at: momentSchema,
  until: momentSchema,
  models: z.array(
    z.object({
      model: z.string(),
      name: z.string(),
      shown: z.boolean(),
      /** The first is now, the last is `until`. */
      points: z.array(z.object({ at: momentSchema, score: z.number() })),
    }),
  ),
  /** Contacts whose decay, expiries and waits were followed; of the others only what fades. */
  followed: z.int(),
  contacts: z.int(),
});
export type AccountForecast = z.infer<typeof accountForecastSchema>;

const accountFieldsSchema = z
  .record(z.string().max(200), fieldValueSchema)
  .superRefine((fields, context) => {
    for (const field of Object.keys(fields)) {
      const message = whyNotSettable(field);
      if (message !== null) context.addIssue({ code: 'custom', path: [field], message });
    }
  })
  .refine((fields) => Object.keys(fields).length > 0, 'names no field')
  .refine((fields) => Object.keys(fields).length <= 100, 'names more than 100 fields')
  .describe('By name, as conditions call them: `account.<name>`; null takes a field back');

export const setAccountFieldsSchema = z.strictObject({ fields: accountFieldsSchema, reason: reasonSchema });
export type SetAccountFields = z.input<typeof setAccountFieldsSchema>;

/** So many accounts are told of at once. */
export const mostAccountsAtOnce = 1_000;
const accountKeySchema = z.string().trim().min(1).max(300);

/** What one row of a file says of an account. */
export const accountSayingSchema = z
  .strictObject({
    id: accountKeySchema.optional().describe("The account's own id, as contacts name it (`groupId`, `account.id`)"),
    name: accountKeySchema.optional().describe('Its name, where contacts do not name it by an id'),
    fields: accountFieldsSchema,
    at: momentSchema.optional().describe('When it was true; now unless set. Of each field the newest word counts'),
  })
  .refine(({ id, name }) => id !== undefined || name !== undefined, 'names no account: neither its id nor its name');
export type AccountSaying = z.input<typeof accountSayingSchema>;

export const accountFieldsBodySchema = z.strictObject({
  reason: reasonSchema,
  accounts: z.array(accountSayingSchema).min(1).max(mostAccountsAtOnce),
});
export type AccountFieldsBody = z.input<typeof accountFieldsBodySchema>;

/** Accounts told of, and those of them that have no contact yet: their fields wait for the first one. */
export const accountFieldsSaidSchema = z.object({ accounts: z.int(), withoutContacts: z.int() });
