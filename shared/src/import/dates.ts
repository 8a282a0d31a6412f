/** Reads dates of one format into whole milliseconds; null when a text is not one. */
export type DateReader = (text: string) => number | null;

const tokens: Record<
  string,
  { pattern: string; part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'ms' | 'half' }
> = {
  yyyy: { pattern: '(\\d{4})', part: 'year' },
  MM: { pattern: '(\\d{2})', part: 'month' },
  M: { pattern: '(\\d{1,2})', part: 'month' },
  dd: { pattern: '(\\d{2})', part: 'day' },
  d: { pattern: '(\\d{1,2})', part: 'day' },
  HH: { pattern: '(\\d{2})', part: 'hour' },
  H: { pattern: '(\\d{1,2})', part: 'hour' },
  hh: { pattern: '(\\d{1,2})', part: 'hour' },
  h: { pattern: '(\\d{1,2})', part: 'hour' },
  mm: { pattern: '(\\d{2})', part: 'minute' },
  ss: { pattern: '(\\d{2})', part: 'second' },
  SSS: { pattern: '(\\d{3})', part: 'ms' },
  a: { pattern: '([AaPp][Mm])', part: 'half' },
};
const tokenPattern = /yyyy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|a/g;

/**
 * The reader of a format: `iso` (a date, or a date and time; without a zone it is at `utcOffset`), `unix` (seconds),
 * `unix_ms`, or a pattern of yyyy, MM, M, dd, d, HH, H, h, mm, ss, SSS and a (AM or PM). Throws on a pattern without a day.
 */
export const dateReader = (format: string, utcOffset = '+00:00'): DateReader => {
  const offsetMs = offsetOf(utcOffset);
  switch (format) {
    case 'iso':
      return (text) => readIso(text, offsetMs);
    case 'unix':
      return (text) => (/^-?\d{1,12}(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1_000) : null);
    case 'unix_ms':
      return (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : null);
    default:
      return patternReader(format, offsetMs);
  }
};

/** A date that several formats read, each as another moment. */
export class AmbiguousDate extends Error {}

/**
 * The reader of dates that are written in any of several formats. One that two formats read as different moments (3/4/2026, month or
 * day first) is not guessed: it throws AmbiguousDate, whose message names both.
 */
export const mixedDateReader = (formats: readonly string[], utcOffset = '+00:00'): DateReader => {
  const readers = formats.map((format) => dateReader(format, utcOffset));
  const [only] = readers;
  if (only && readers.length === 1) return only;
  return (text) => {
    let found: number | null = null;
    for (const read of readers) {
      const at = read(text);
      if (at === null || at === found) continue;
      if (found !== null) throw new AmbiguousDate(`can be ${dayOf(found)} and ${dayOf(at)}`);
      found = at;
    }
    return found;
  };
};

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

const readIso = (text: string, offsetMs: number): number | null => {
  const match = isoPattern.exec(text);
  if (!match) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const zone = match[8];
  const ms = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1_000);
  return momentOf(
    { year: part(1), month: part(2), day: part(3), hour: part(4), minute: part(5), second: part(6), ms },
    zone === undefined ? offsetMs : offsetOf(zone),
  );
};

const patternReader = (format: string, offsetMs: number): DateReader => {
  const parts: string[] = [];
  let source = '';
  let from = 0;
  for (const match of format.matchAll(tokenPattern)) {
    const token = tokens[match[0]];
    if (!token) continue;
    source += escaped(format.slice(from, match.index)) + token.pattern;
    parts.push(token.part);
    from = match.index + match[0].length;
  }
  source += escaped(format.slice(from));
  for (const needed of ['year', 'month', 'day']) {
    if (!parts.includes(needed))
      throw new RangeError(
        `the date format "${format}" has no ${needed}; it is written like yyyy-MM-dd or dd.MM.yyyy HH:mm`,
      );
  }
  const pattern = new RegExp(`^${source}$`);
  return (text) => {
    const match = pattern.exec(text);
    if (!match) return null;
    const read = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0 };
    let half: string | null = null;
    parts.forEach((part, index) => {
      const value = match[index + 1] ?? '';
      if (part === 'half') half = value.toLowerCase();
      else read[part as keyof typeof read] = Number(value);
    });
    if (half !== null) {
      if (read.hour < 1 || read.hour > 12) return null;
      read.hour = (read.hour % 12) + (half === 'pm' ? 12 : 0);
    }
    return momentOf(read, offsetMs);
  };
};

interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

/** Null for days and hours that no calendar or clock shows (30 February, 25:00). */
const momentOf = (parts: Moment, offsetMs: number): number | null => {
  const date = new Date(0);
  // Date.UTC would take years below 100 for 19xx.
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour, parts.minute, parts.second, parts.ms);
  const exact =
    date.getUTCFullYear() === parts.year &&
    date.getUTCMonth() === parts.month - 1 &&
    date.getUTCDate() === parts.day &&
    date.getUTCHours() === parts.hour &&
    date.getUTCMinutes() === parts.minute &&
    date.getUTCSeconds() === parts.second;
  return exact ? date.getTime() - offsetMs : null;
};

const offsetOf = (text: string): number => {
  if (text === 'Z') return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not an offset from UTC; it is written like +02:00`);
  const ms = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
  return match[1] === '-' ? -ms : ms;
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
