import { z } from 'zod';
import { nameSchema, pathSchema } from './value.ts';

/** What a field of contacts can be said to hold. */
export const fieldTypes = ['text', 'number', 'boolean', 'date', 'list'] as const;

/** What is known of a field of contacts. Fields that nobody described are there all the same, as they arrive. */
export const fieldSchema = z.strictObject({
  kind: z.literal('field'),
  /** As contacts have it; fields of their accounts are `account.<name>`. */
  id: pathSchema,
  name: nameSchema,
  description: z.string().max(2_000).optional(),
  /** What it is meant to hold; absent: what was seen last. */
  type: z.enum(fieldTypes).optional(),
  /** Nothing may look at it or set it any more. Values that contacts have, and those that still arrive, are kept. */
  deleted: z.boolean().default(false),
});
export type Field = z.infer<typeof fieldSchema>;
