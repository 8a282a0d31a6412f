import { dateReader } from '@ripen/shared/import';
import { findDateFormat } from './date-formats.ts';
import { isUsable, type ColumnPlan, type Meaning, type Plan, type ValueKind } from './plan.ts';

/** The first rows of a file. */
export interface Sample {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

const patterns: Record<Exclude<Meaning, 'value' | 'skip'>, RegExp> = {
  email: /^(.*[ _.-])?e-?mail([ _.-]?address)?$/i,
  anonymous: /^(anonymous|visitor|cookie|device|client)[ _.-]?id$/i,
  user: /^((user|customer|contact|person|prospect|lead|member|subscriber|external|client)[ _.-]?)?(id|no|nr|number|key)$|^(user|customer)$/i,
  time: /date|time|^when$|[ _.-](at|on)$|^(happened|occurred|created|received)/i,
  event: /^(event|activity|action|touch)([ _.-]?(name|type))?$|^(event|activity|action)$/i,
};

const valuesOf = (sample: Sample, index: number): string[] =>
  sample.rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');

const isAddress = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);

/** A first plan for a file, from its column names and first rows. People correct it. */
export const guessPlan = (sample: Sample, fileName: string): Plan => {
  const taken = new Map<Meaning, number>();
  const offer = (meaning: Meaning, fits: (column: string, values: string[]) => boolean): void => {
    const index = sample.header.findIndex(
      (column, at) =>
        isUsable(column, sample.header) && ![...taken.values()].includes(at) && fits(column, valuesOf(sample, at)),
    );
    if (index >= 0) taken.set(meaning, index);
  };
  offer('email', (column, values) => patterns.email.test(column) && values.some(isAddress));
  if (!taken.has('email')) offer('email', (_, values) => values.length > 0 && values.every(isAddress));
  offer('time', (column, values) => patterns.time.test(column) && findDateFormat(values) !== null);
  offer('anonymous', (column) => patterns.anonymous.test(column));
  offer('user', (column) => patterns.user.test(column));
  offer('event', (column, values) => patterns.event.test(column) && values.length > 0 && !values.every(isNumber));

  const timeAt = taken.get('time');
  const format = timeAt === undefined ? null : findDateFormat(valuesOf(sample, timeAt));
  const dateFormat = format?.format ?? 'iso';
  const whoseAt = taken.get('user') ?? taken.get('email') ?? taken.get('anonymous');
  const isEvents = timeAt !== undefined && (taken.has('event') || repeats(sample, whoseAt));
  if (!isEvents) taken.delete('event');
  const meanings = new Map([...taken].map(([meaning, index]) => [index, meaning]));
  return {
    rows: isEvents ? 'events' : 'contacts',
    columns: sample.header.map((column, index): ColumnPlan => ({
      column,
      meaning: meanings.get(index) ?? (isUsable(column, sample.header) ? 'value' : 'skip'),
      name: fieldName(column),
      kind: kindOf(valuesOf(sample, index), dateFormat),
    })),
    eventName: eventNameOf(fileName),
    dateFormat,
    utcOffset: '+00:00',
  };
};

/** One contact has several rows: they are events. */
const repeats = (sample: Sample, index: number | undefined): boolean => {
  if (index === undefined) return false;
  const values = valuesOf(sample, index);
  return new Set(values).size < values.length;
};

const isNumber = (value: string): boolean => /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(value);

const kindOf = (values: readonly string[], dateFormat: string): ValueKind => {
  if (values.length === 0) return 'text';
  if (values.every(isNumber)) return 'number';
  if (values.every((value) => /^(true|false|yes|no)$/i.test(value))) return 'boolean';
  const read = dateReader(dateFormat);
  return values.every((value) => read(value) !== null) ? 'date' : 'text';
};

/** `First Name` is kept as `firstName`; names that have no spaces stay as they are. */
export const fieldName = (column: string): string => {
  const words = column
    .trim()
    .split(/[^\p{L}\p{N}_.]+/u)
    .filter((word) => word !== '');
  if (words.length <= 1) return words[0] ?? '';
  return words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('');
};

/** `web_sessions-2026.csv` holds *Web sessions*. */
const eventNameOf = (fileName: string): string => {
  const words = fileName
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[\d_-]+/g, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ');
  return words === '' ? 'Imported' : words.charAt(0).toUpperCase() + words.slice(1);
};
