import { z } from 'zod';
import { daysSchema } from './time.ts';
import { pathSchema } from './value.ts';

/** How often something may count: the four countings of rules, of points nodes and of re-entry. */
export const countingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once') }),
  z.strictObject({ kind: z.literal('every_time') }),
  z.strictObject({ kind: z.literal('once_per'), property: pathSchema }),
  z.strictObject({ kind: z.literal('at_most'), times: z.int().min(1).max(1_000), perDays: daysSchema }),
]);
export type Counting = z.infer<typeof countingSchema>;
