import { RE2JS } from 're2js';
import type { Comparison } from '../../model/condition.ts';
import { isJunkAddress } from '../../model/junk-addresses.ts';
import { daysMs, parseMoment } from '../../model/time.ts';
import type { Json } from '../../model/value.ts';

/** A compiled comparison of one value. */
export interface Test {
  holds(value: Json | undefined, now: number): boolean;
  /** Next moment after `now` at which the answer may change though the value does not; null: never. */
  nextFlip(value: Json | undefined, now: number): number | null;
  /** Whether time alone can change the answer. */
  readonly timed: boolean;
}

const never = (): null => null;

/** A value as text; nested properties as their JSON. */
const textOf = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Text as it compares: without case and surrounding blanks. */
const fold = (value: Json): string => textOf(value).trim().toLowerCase();

const numeric = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** What compares as a number; NaN for anything else. */
export const toNumber = (value: Json | undefined): number => {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && numeric.test(value.trim())) return Number(value);
  return NaN;
};

/** A date: ISO 8601 text or milliseconds. */
const toMoment = (value: Json | undefined): number => parseMoment(value) ?? NaN;

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

const sameAs = (wanted: string | number | boolean): ((member: Json) => boolean) => {
  const text = fold(wanted);
  const number = typeof wanted === 'boolean' ? NaN : toNumber(wanted);
  if (Number.isNaN(number)) return (member) => fold(member) === text;
  return (member) => {
    const left = toNumber(member);
    return Number.isNaN(left) ? fold(member) === text : left === number;
  };
};

/** Any member of a list, or the value itself; an absent value satisfies nothing. */
const some = (value: Json | undefined, test: (member: Json) => boolean): boolean => {
  if (value === undefined || value === null) return false;
  return Array.isArray(value) ? value.some((member) => member !== null && test(member)) : test(value);
};

/** Answers kept per comparison, and the longest text that one is kept of. */
const mostKept = 1_000;
const longestKept = 100;

/** A test that keeps its answers: fields and properties say the same few things over and over. */
const keeping = (test: (member: Json) => boolean): ((member: Json) => boolean) => {
  const kept = new Map<string, boolean>();
  return (member) => {
    if (typeof member !== 'string' || member.length > longestKept) return test(member);
    const known = kept.get(member);
    if (known !== undefined) return known;
    const answer = test(member);
    if (kept.size === mostKept) kept.clear();
    kept.set(member, answer);
    return answer;
  };
};

const simple = (test: (member: Json) => boolean, negate = false): Test => {
  const quick = keeping(test);
  return { holds: (value) => some(value, quick) !== negate, nextFlip: never, timed: false };
};

/** Orders numbers, and dates where one side is a date; anything else is not ordered. */
const ordered = (bound: number | string, test: (order: number) => boolean): ((member: Json) => boolean) => {
  const number = toNumber(bound);
  const moment = toMoment(bound);
  return (member) => {
    const order = Number.isNaN(number) ? toMoment(member) - moment : toNumber(member) - number;
    return !Number.isNaN(order) && test(order);
  };
};

/** "President; CEO; VP" -> its parts. */
export const listed = (values: string | (string | number)[]): (string | number)[] =>
  typeof values === 'string'
    ? values
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : values;

const oneOf = (values: string | (string | number)[]): ((member: Json) => boolean) => {
  const wanted = listed(values);
  const texts = new Set(wanted.map(fold));
  const numbers = new Set(wanted.map((value) => toNumber(value)).filter((value) => !Number.isNaN(value)));
  return (member) => texts.has(fold(member)) || numbers.has(toNumber(member));
};

/** Longest text that a pattern is tried on. */
const longestMatched = 10_000;

const matcher = (pattern: string): ((member: Json) => boolean) => {
  // RE2 takes time linear in the text, so no definition can stall a lane.
  const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  return (member) => compiled.matcher(textOf(member).slice(0, longestMatched)).find();
};

const window = (from: (moment: number) => number, to: (moment: number) => number): Test => ({
  holds: (value, now) => {
    const moment = toMoment(value);
    return now >= from(moment) && now <= to(moment);
  },
  timed: true,
  nextFlip: (value, now) => {
    const moment = toMoment(value);
    if (Number.isNaN(moment)) return null;
    if (from(moment) > now) return from(moment);
    return to(moment) + 1 > now ? to(moment) + 1 : null;
  },
});

/** Compiles a comparison. Throws a sentence when a pattern cannot be read. */
export const compileComparison = (is: Comparison): Test => {
  switch (is.op) {
    case 'equals':
    case 'not_equals':
      return simple(sameAs(is.value), is.op === 'not_equals');
    case 'one_of':
    case 'none_of':
      return simple(oneOf(is.values), is.op === 'none_of');
    case 'contains':
    case 'not_contains': {
      const part = fold(is.value);
      return simple((member) => fold(member).includes(part), is.op === 'not_contains');
    }
    case 'starts_with':
      return simple((member) => fold(member).startsWith(fold(is.value)));
    case 'ends_with':
      return simple((member) => fold(member).endsWith(fold(is.value)));
    case 'matches':
      return simple(matcher(is.value));
    case 'greater':
      return simple(ordered(is.value, (order) => order > 0));
    case 'at_least':
      return simple(ordered(is.value, (order) => order >= 0));
    case 'less':
      return simple(ordered(is.value, (order) => order < 0));
    case 'at_most':
      return simple(ordered(is.value, (order) => order <= 0));
    case 'between': {
      const from = ordered(is.from, (order) => order >= 0);
      const to = ordered(is.to, (order) => order <= 0);
      return simple((member) => from(member) && to(member));
    }
    case 'is_set':
      return { holds: (value) => !isEmpty(value), nextFlip: never, timed: false };
    case 'is_empty':
      return { holds: (value) => isEmpty(value), nextFlip: never, timed: false };
    case 'is_junk_address':
      return simple((member) => isJunkAddress(textOf(member)));
    case 'in_last_days': {
      const span = daysMs(is.days);
      return window(
        (moment) => moment,
        (moment) => moment + span,
      );
    }
    case 'in_next_days': {
      const span = daysMs(is.days);
      return window(
        (moment) => moment - span,
        (moment) => moment,
      );
    }
  }
};
