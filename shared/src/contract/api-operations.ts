import { z } from 'zod';
import { jsonSchema, momentSchema, pageQuery, uuidSchema } from './api-common.ts';
import { mostRefusalsSent } from '../import/refusals.ts';
import { permissions } from './permissions.ts';

export const importStatusSchema = z.enum(['open', 'closing', 'closed', 'cancelled']);
export const importBodySchema = z.strictObject({ name: z.string().trim().min(1).max(200) });
export const importSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  status: importStatusSchema,
  /** Events accepted. */
  received: z.int(),
  /** Events accepted that wait to be applied. */
  waiting: z.int(),
  /** Rows that whoever reads the file has told it did not take. */
  refused: z.int(),
  createdAt: momentSchema,
  closedAt: momentSchema.nullable(),
});

/** A row of a file that was not taken, and why. */
export const refusalSchema = z.object({
  file: z.string().max(1_000),
  /** From 1. */
  line: z.int().min(0),
  reason: z.string().min(1).max(1_000),
  /** The beginning of the row, as it stands in the file. */
  original: z.string().max(2_000),
});
export const refusalsBodySchema = z.strictObject({
  /** All that there were so far: more may be counted than are kept. */
  refused: z.int().min(0).max(1_000_000_000_000),
  items: z.array(refusalSchema).max(mostRefusalsSent),
});
export const refusalsQuery = z.object(pageQuery);

export const deadLetterSchema = z.object({
  id: z.string(),
  contactId: uuidSchema,
  messageId: z.string().nullable(),
  receivedAt: momentSchema,
  error: z.string(),
  body: jsonSchema,
  createdAt: momentSchema,
  retriedAt: momentSchema.nullable(),
});
export const deadLettersQuery = z.object({ ...pageQuery, retried: z.enum(['true', 'false']).default('false') });
export const deadLetterParams = z.object({ id: z.string().regex(/^\d{1,15}$/, 'must be a number') });

export const deliveryStatusSchema = z.enum(['pending', 'delivered', 'failed', 'held']);
export const deliverySchema = z.object({
  id: uuidSchema,
  runId: uuidSchema,
  contactId: uuidSchema,
  node: z.string(),
  channel: z.string(),
  status: deliveryStatusSchema,
  at: momentSchema,
  attempts: z.int(),
  lastError: z.string().nullable(),
  deliveredAt: momentSchema.nullable(),
  payload: jsonSchema,
});
export const deliveriesQuery = z.object({ ...pageQuery, status: deliveryStatusSchema.optional() });

export const jobSchema = z.object({
  id: uuidSchema,
  kind: z.string(),
  status: z.enum(['running', 'completed', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int().nullable(),
  error: z.string().nullable(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
});
export const jobsQuery = z.object(pageQuery);

export const apiKeyBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('write'), name: z.string().trim().min(1).max(200) }),
  z.strictObject({
    kind: z.literal('api'),
    name: z.string().trim().min(1).max(200),
    permissions: z.array(z.enum(permissions)).min(1).max(permissions.length),
  }),
]);
export const apiKeySchema = z.object({
  id: uuidSchema,
  kind: z.enum(['write', 'api']),
  name: z.string(),
  permissions: z.array(z.string()),
  createdAt: momentSchema,
  revokedAt: momentSchema.nullable(),
});
/** The only time that the key itself is shown. */
export const newApiKeySchema = apiKeySchema.extend({ key: z.string() });

export const healthSchema = z.object({ status: z.enum(['ok', 'degraded']), database: z.boolean() });

/** What answers, in a word: `ok`, or what is wrong. */
const partSchema = z.string();

export const statusSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  now: momentSchema,
  postgres: partSchema,
  /** Not `ok` while the alarm clock cannot be reached: events are taken in, and applied when it is back. */
  temporal: partSchema,
  /** Revision of the definitions in force. */
  revision: z.int(),
  /** Arrivals that wait to be applied; counted up to a limit. */
  inbox: z.object({ waiting: z.int(), oldestAt: momentSchema.nullable(), accepting: z.boolean() }),
  /**
   * What waits to be carried to Temporal, and the pace at which it goes (null: not known yet). `behind`: it takes longer than
   * it should, and events that ask for more are refused. `stalled`: nothing is carried out; events are taken in all the same.
   */
  outbox: z.object({
    waiting: z.int(),
    oldestAt: momentSchema.nullable(),
    state: z.enum(['ok', 'behind', 'stalled']),
    perSecond: z.number().nullable(),
  }),
  lanes: z.array(
    z.object({
      lane: z.int(),
      status: z.enum(['awake', 'asleep']),
      /** Arrivals that wait. */
      lag: z.int(),
      applied: z.int(),
      drainedAt: momentSchema.nullable(),
    }),
  ),
  deadLetters: z.int(),
  failedDeliveries: z.int(),
  /** How many there are of each thing; large numbers are estimates. */
  counts: z.record(z.string(), z.int()),
});
/** What anybody may know where the API is open to other machines. */
export const publicStatusSchema = statusSchema.pick({
  status: true,
  version: true,
  now: true,
  postgres: true,
  temporal: true,
});
