import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { idSchema, nameSchema } from './value.ts';

/** Contacts whom a condition holds for, under a name: lists, conditions and triggers refer to it. */
export const segmentSchema = z.strictObject({
  kind: z.literal('segment'),
  id: idSchema,
  name: nameSchema,
  description: z.string().max(2_000).optional(),
  when: conditionSchema,
});
export type Segment = z.infer<typeof segmentSchema>;
