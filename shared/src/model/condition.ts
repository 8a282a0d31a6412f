import { z } from 'zod';
import { daysSchema } from './time.ts';
import { idSchema, pathSchema } from './value.ts';

/**
 * Operators on one value. Text compares without regard to case and surrounding blanks; numbers in text count as numbers;
 * a list holds when any of its members does. Dates are ISO 8601 or milliseconds.
 */
const operatorShapes = [
  z.strictObject({ op: z.enum(['equals', 'not_equals']), value: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({
    op: z.enum(['one_of', 'none_of']),
    /** A list, or text pasted with semicolons: "President; CEO; VP". */
    values: z.union([
      z.string().min(1).max(20_000),
      z
        .array(z.union([z.string(), z.number()]))
        .min(1)
        .max(2_000),
    ]),
  }),
  z.strictObject({
    op: z.enum(['contains', 'not_contains', 'starts_with', 'ends_with', 'matches']),
    value: z.string().min(1).max(1_000),
  }),
  z.strictObject({ op: z.enum(['greater', 'at_least', 'less', 'at_most']), value: z.union([z.number(), z.string()]) }),
  z.strictObject({
    op: z.literal('between'),
    from: z.union([z.number(), z.string()]),
    to: z.union([z.number(), z.string()]),
  }),
  z.strictObject({ op: z.enum(['is_set', 'is_empty', 'is_junk_address']) }),
  z.strictObject({ op: z.enum(['in_last_days', 'in_next_days']), days: daysSchema }),
] as const;

export const comparisonSchema = z.discriminatedUnion('op', operatorShapes);
export type Comparison = z.infer<typeof comparisonSchema>;

export type Condition =
  | { kind: 'all'; of: Condition[] }
  | { kind: 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition }
  /** A field of the contact; fields of its account are `account.<name>`. */
  | { kind: 'field'; field: string; is: Comparison }
  /** A property of the event at hand (for a run: of the event that started it). */
  | { kind: 'property'; property: string; is: Comparison }
  /** The contact did this so many times, in the last N days or ever. */
  | {
      kind: 'performed';
      event: string;
      where?: Condition | undefined;
      withinDays?: number | undefined;
      atLeast?: number | undefined;
      atMost?: number | undefined;
    }
  | {
      kind: 'score';
      model: string;
      part?: 'all' | 'behaviour' | undefined;
      atLeast?: number | undefined;
      below?: number | undefined;
    }
  /** The score lies in one of these bands of its model. */
  | { kind: 'band'; model: string; in: string[] }
  /** The contact's stage is one of these; null stands for no stage. */
  | { kind: 'stage'; in: (string | null)[] }
  | { kind: 'label'; label: string }
  /** The contact is in this segment: its condition holds. */
  | { kind: 'segment'; segment: string };

/** Deeper nesting than this is refused: it is never drawn by people and would let a definition exhaust the stack. */
const maxDepth = 8;

const nested = (depth: number): z.ZodType<Condition> => {
  const leaves = [
    z.strictObject({ kind: z.literal('field'), field: pathSchema, is: comparisonSchema }),
    z.strictObject({ kind: z.literal('property'), property: pathSchema, is: comparisonSchema }),
    z.strictObject({
      kind: z.literal('score'),
      model: idSchema,
      part: z.enum(['all', 'behaviour']).optional(),
      atLeast: z.number().optional(),
      below: z.number().optional(),
    }),
    z.strictObject({ kind: z.literal('band'), model: idSchema, in: z.array(idSchema).min(1).max(20) }),
    z.strictObject({ kind: z.literal('stage'), in: z.array(idSchema.nullable()).min(1).max(50) }),
    z.strictObject({ kind: z.literal('label'), label: z.string().trim().min(1).max(100) }),
    z.strictObject({ kind: z.literal('segment'), segment: idSchema }),
  ] as const;
  if (depth === 0) return z.discriminatedUnion('kind', leaves);
  const inner = nested(depth - 1);
  return z.discriminatedUnion('kind', [
    ...leaves,
    z.strictObject({ kind: z.literal('all'), of: z.array(inner).min(1).max(50) }),
    z.strictObject({ kind: z.literal('any'), of: z.array(inner).min(1).max(50) }),
    z.strictObject({ kind: z.literal('not'), of: inner }),
    z.strictObject({
      kind: z.literal('performed'),
      event: eventTypeIdSchema,
      where: inner.optional(),
      withinDays: daysSchema.optional(),
      atLeast: z.int().min(1).max(1_000).optional(),
      atMost: z.int().min(0).max(1_000).optional(),
    }),
  ]);
};

/** Event types are the tracking API's names made lower snake case: "Email Clicked" is `email_clicked`. */
export const eventTypeIdSchema = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.]{0,99}$/u, 'must be lower snake case, as in email_clicked')
  .refine((type) => type === type.toLowerCase(), 'must be lower snake case, as in email_clicked');

export const conditionSchema: z.ZodType<Condition> = nested(maxDepth);

const plainType = /^[a-z0-9][a-z0-9_.]{0,99}$/;

/**
 * The event type of a tracking name: "Clicked e-mail" -> clicked_e_mail. Letters of all scripts stay, accents of Latin ones
 * go. Empty when nothing is left.
 */
export const eventTypeOf = (name: string): string => {
  if (plainType.test(name)) return name.replace(/_+$/, '');
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}.]+/gu, '_')
    .replace(/^[_.\p{M}]+|_+$/gu, '');
  return [...words].slice(0, 100).join('').replace(/_+$/, '');
};
