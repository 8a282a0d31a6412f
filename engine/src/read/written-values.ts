import { listed, newSubject, toNumber, type Condition } from '@ripen/shared';

/**
 * What the text of a state says right after the name of a field, where a condition on the field holds: the first letters lie
 * within one of the ranges. Never too narrow; that it often is too wide costs a look at the contact.
 */
export interface Written {
  /** The field's name as it is written. */
  key: string;
  /** So many letters after it decide. */
  letters: number;
  /** Ranges of ASCII-lower-case text in the order of bytes, each from one bound up to but without the next. */
  bounds: string[];
}

/** More values than that are no less work than the contacts. */
const mostValues = 200;
const longestCompared = 24;
/** What comes first in a state than its fields: a field of the same name is not what is met first. */
const others: ReadonlySet<string> = new Set(Object.keys(newSubject('')));

/** Fields that must hold one of some values, for those who look for them in states as they are written. */
export const writtenOf = (must: readonly Condition[]): Written[] =>
  must.flatMap((part) => {
    if (part.kind !== 'field' || others.has(part.field)) return [];
    const { is } = part;
    const values = is.op === 'equals' ? [is.value] : is.op === 'one_of' ? listed(is.values) : [];
    if (values.length === 0 || values.length > mostValues) return [];
    const ranges = values.map(rangesOf);
    if (!ranges.every((range) => range !== null)) return [];
    const bounds = flat([...inAnyCase, ...ranges.flat()]);
    return [
      { key: `${JSON.stringify(part.field)}:`, letters: Math.max(...bounds.map(({ length }) => length)), bounds },
    ];
  });

type Range = readonly [from: string, to: string];

/** Everything that begins so. The last letter is ASCII. */
const begins = (start: string): Range => [
  start,
  start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + 1),
];
/** Everything that begins so and goes on with a letter beyond ASCII. */
const beyond = (start: string): Range => [`${start}\u0080`, begins(start)[1]];

/** Lists, and texts that begin with a blank, which is written as itself or as an escape, or with what may be one. */
const inAnyCase: readonly Range[] = [begins('['), begins('" '), begins('"\\'), beyond('"')];
/** How a text may end that is looked at without the blanks around it. */
const ended = (start: string): Range[] => [...['"', ' ', '\\'].map((end) => begins(start + end)), beyond(start)];

/** Null where what is written could be anything. */
const rangesOf = (value: string | number | boolean): Range[] | null => {
  const number = typeof value === 'boolean' ? NaN : toNumber(value);
  return Number.isNaN(number) ? ofText(String(value).trim().toLowerCase()) : ofNumber(number);
};

const ofText = (text: string): Range[] | null => {
  const plain = /^[ !#-[\]-~]*/.exec(text)?.[0].slice(0, longestCompared) ?? '';
  if (plain === '' || !text.isWellFormed()) return null;
  const start = `"${plain}`;
  // The only letters beyond ASCII whose lower case begins within: the Kelvin sign and the I with a dot.
  const disguised = [...plain].flatMap((letter, index) =>
    letter === 'k' || letter === 'i' ? [beyond(start.slice(0, index + 1))] : [],
  );
  const next = text.charCodeAt(plain.length);
  // Letters beyond ASCII are written as they are; quotes and the like are not.
  const whole = plain === text ? ended(start) : [next > 0x7f ? beyond(start) : begins(start)];
  return [...whole, ...disguised, ...(text === 'true' || text === 'false' ? [begins(text)] : [])];
};

/** Whole numbers, in whatever way they are spelled: 17, "17", "017", "+17", "17.0", "1.7e1", ".17e2". */
const ofNumber = (value: number): Range[] | null => {
  if (!Number.isSafeInteger(value) || value <= 0) return null;
  const digits = String(value);
  const telling = digits.replace(/0+$/, '');
  const pointed = Array.from({ length: telling.length - 1 }, (_, index) => `"${telling.slice(0, index + 1)}.`);
  const starts = ['"+', '"0', '".', ...pointed, ...['0', '.', 'e'].map((next) => `"${telling}${next}`)];
  return [...starts.map(begins), ...ended(`"${telling}`), begins(`${digits},`), begins(`${digits}}`)];
};

/** Ranges that overlap made one. */
const flat = (ranges: readonly Range[]): string[] => {
  const bounds: string[] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const last = bounds.at(-1);
    if (last !== undefined && from <= last) {
      if (to > last) bounds[bounds.length - 1] = to;
    } else bounds.push(from, to);
  }
  return bounds;
};
