import { z } from 'zod';
import { encodings } from './encoding.ts';
import { decimals } from './numbers.ts';

const columnName = z.string().min(1).max(200);
/** Text in which `{column}` stands for the row's cell, `{column|number}` for the cell read as a number. */
const template = z.string().max(2_000);
const value = z.union([template, z.number(), z.boolean()]);
const values = z.record(z.string().min(1).max(200), value);

const whenSchema = z.union([
  z.strictObject({ column: columnName, is: z.enum(['set', 'empty']) }),
  z.strictObject({ column: columnName, equals: z.string() }),
  z.strictObject({ column: columnName, oneOf: z.array(z.string()).min(1) }),
]);
export type When = z.infer<typeof whenSchema>;

const common = {
  /** The row gives this event only if the column says so. */
  when: whenSchema.optional(),
  userId: template.optional(),
  anonymousId: template.optional(),
  email: template.optional(),
  timestamp: template,
  receivedAt: template.optional(),
};

const eventMappingSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('track'), event: template, properties: values.default({}), ...common }),
  z.strictObject({ type: z.literal('identify'), traits: values.default({}), ...common }),
  z.strictObject({ type: z.literal('page'), name: template.optional(), properties: values.default({}), ...common }),
  z.strictObject({ type: z.literal('screen'), name: template.optional(), properties: values.default({}), ...common }),
  /** The row says something of an account, not of a contact: `fields` by their names without `account.`. */
  z.strictObject({
    type: z.literal('account'),
    when: whenSchema.optional(),
    id: template.optional(),
    name: template.optional(),
    timestamp: template,
    fields: values,
  }),
]);
export type EventMapping = z.infer<typeof eventMappingSchema>;

const readingSchema = {
  delimiter: z.string().length(1).optional(),
  encoding: z.enum(encodings).optional(),
  /** Names of the columns of a file without a header row. */
  columns: z.array(columnName).min(1).optional(),
};

/** One way to write dates, or several: a date that two of them read differently is refused. */
const dateFormats = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(20)]);

const fileSchema = z.strictObject({
  file: z.string().min(1),
  ...readingSchema,
  dateFormat: dateFormats.optional(),
  utcOffset: z.string().optional(),
  decimal: z.enum(decimals).optional(),
  /** Cells that mean nothing, such as `Select` or `N/A`. */
  empty: z.array(z.string().max(200)).max(100).optional(),
  /** Columns of the lookup's row whose key equals this row's `by`; they are called `<lookup>.<column>`. */
  join: z
    .array(z.strictObject({ lookup: columnName, by: columnName, optional: z.boolean().default(false) }))
    .default([]),
  events: z.array(eventMappingSchema).min(1),
});
export type FileMapping = z.infer<typeof fileSchema>;

export const mappingSchema = z.strictObject({
  /** How dates are written, unless a file says otherwise: `iso`, `unix`, `unix_ms` or a pattern such as `dd.MM.yyyy HH:mm`. */
  dateFormat: dateFormats.default('iso'),
  /** Zone of dates without one. */
  utcOffset: z.string().default('+00:00'),
  /** What stands before the fraction of a number; the other one may group thousands. Unless it is set, nothing may: `1,234` is refused. */
  decimal: z.enum(decimals).optional(),
  /** Cells that mean nothing, unless a file says otherwise. */
  empty: z.array(z.string().max(200)).max(100).default([]),
  /** Small tables held in memory for joins. */
  lookups: z
    .record(columnName, z.strictObject({ file: z.string().min(1), key: columnName, ...readingSchema }))
    .default({}),
  /** In this order: at one instant the rows of earlier files come first. */
  files: z.array(fileSchema).min(1),
});
export type Mapping = z.infer<typeof mappingSchema>;
