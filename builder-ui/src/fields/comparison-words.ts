import type { Comparison } from '@ripen/shared';
import type { ValueKind } from './names.ts';
import { count, number } from '../ui/words.ts';

export type Operator = Comparison['op'];

/** Operators as pickers say them, after the name of what is compared. */
export const operatorWords: Record<Operator, string> = {
  equals: 'is',
  not_equals: 'is not',
  one_of: 'is one of',
  none_of: 'is none of',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  matches: 'matches the pattern',
  greater: 'is more than',
  at_least: 'is at least',
  less: 'is less than',
  at_most: 'is at most',
  between: 'is between',
  is_set: 'is known',
  is_empty: 'is empty',
  is_junk_address: 'is a junk address',
  in_last_days: 'is in the last',
  in_next_days: 'is in the next',
};

const dateWords: Partial<Record<Operator, string>> = {
  greater: 'is after',
  at_least: 'is on or after',
  less: 'is before',
  at_most: 'is on or before',
};

export const operatorWordsFor = (op: Operator, kind: ValueKind): string =>
  (kind === 'date' ? dateWords[op] : undefined) ?? operatorWords[op];

/** `A, B or C`; long lists end in how many more there are. */
export const listWords = (items: readonly string[], joint: 'and' | 'or', most = 4): string => {
  if (items.length === 0) return '…';
  if (items.length > most) return `${items.slice(0, most - 1).join(', ')} ${joint} ${items.length - most + 1} more`;
  const last = items.at(-1) ?? '';
  return items.length === 1 ? last : `${items.slice(0, -1).join(', ')} ${joint} ${last}`;
};

const tidied = (values: readonly string[]): string[] =>
  values.map((value) => value.trim()).filter((value) => value !== '');

/** "President; CEO; VP" as its parts; lists as they are. */
export const valuesOf = (values: string | readonly (string | number)[] | undefined): string[] =>
  tidied(typeof values === 'string' ? values.split(';') : (values ?? []).map(String));

/** What was typed or pasted as single values, each once. */
export const splitValues = (typed: readonly string[]): string[] => [
  ...new Set(tidied(typed.flatMap((value) => value.split(/[;\n]/)))),
];

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const dayWords = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A value in a sentence. Missing ones are dots, so that half-written conditions read as such. */
export const valueWords = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return '…';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return number(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  return isoDay.test(value) && !Number.isNaN(Date.parse(value)) ? dayWords.format(Date.parse(value)) : value;
};

/** Days as people say them: "7 days", "12 hours", "1 day". */
export const daysWords = (days: number | undefined): string => {
  if (days === undefined) return '… days';
  const hours = days * 24;
  if (days >= 1 || days <= 0) return count(days, 'day');
  return hours >= 1 ? count(hours, 'hour') : count(Math.round(hours * 60), 'minute');
};

/** What follows the name of a field: "is one of CEO, CTO or VP". */
export const describeComparison = (is: Comparison, kind: ValueKind = 'unknown'): string => {
  const words = operatorWordsFor(is.op, kind);
  switch (is.op) {
    case 'is_set':
    case 'is_empty':
    case 'is_junk_address':
      return words;
    case 'one_of':
    case 'none_of':
      return `${words} ${listWords(valuesOf(is.values).map(valueWords), 'or')}`;
    case 'between':
      return `${words} ${valueWords(is.from)} and ${valueWords(is.to)}`;
    case 'in_last_days':
    case 'in_next_days':
      return `${words} ${daysWords(is.days)}`;
    default:
      return `${words} ${valueWords(is.value)}`;
  }
};
