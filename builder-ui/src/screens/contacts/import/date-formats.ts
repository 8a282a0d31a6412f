import { dateReader } from '@ripen/shared/import';

/** Formats that are tried, the likeliest first, with what they look like. */
export const dateFormats = [
  { value: 'iso', label: '2026-03-14, 2026-03-14T09:30:00Z' },
  { value: 'dd.MM.yyyy', label: '14.03.2026' },
  { value: 'dd.MM.yyyy HH:mm', label: '14.03.2026 09:30' },
  { value: 'dd.MM.yyyy HH:mm:ss', label: '14.03.2026 09:30:00' },
  { value: 'M/d/yyyy', label: '3/14/2026 (month first)' },
  { value: 'd/M/yyyy', label: '14/3/2026 (day first)' },
  { value: 'M/d/yyyy H:mm', label: '3/14/2026 9:30 (month first)' },
  { value: 'd/M/yyyy H:mm', label: '14/3/2026 9:30 (day first)' },
  { value: 'M/d/yyyy H:mm:ss', label: '3/14/2026 9:30:00 (month first)' },
  { value: 'd/M/yyyy H:mm:ss', label: '14/3/2026 9:30:00 (day first)' },
  { value: 'M/d/yyyy h:mm a', label: '3/14/2026 9:30 AM (month first)' },
  { value: 'd/M/yyyy h:mm a', label: '14/3/2026 9:30 AM (day first)' },
  { value: 'M/d/yyyy h:mm:ss a', label: '3/14/2026 9:30:00 AM (month first)' },
  { value: 'd/M/yyyy h:mm:ss a', label: '14/3/2026 9:30:00 AM (day first)' },
  { value: 'd-M-yyyy', label: '14-3-2026 (day first)' },
  { value: 'M-d-yyyy', label: '3-14-2026 (month first)' },
  { value: 'd.M.yyyy', label: '14.3.2026' },
  { value: 'd.M.yyyy H:mm', label: '14.3.2026 9:30' },
  { value: 'yyyy/MM/dd', label: '2026/03/14' },
  { value: 'yyyy/MM/dd HH:mm:ss', label: '2026/03/14 09:30:00' },
  { value: 'yyyy-MM-dd HH:mm:ss.SSS', label: '2026-03-14 09:30:00.000' },
  { value: 'unix', label: '1773480600 (seconds since 1970)' },
  { value: 'unix_ms', label: '1773480600000 (milliseconds since 1970)' },
] as const;

/** People were born then; seconds since 1970 that are older would make dates of any number. */
const earliest = Date.UTC(1900, 0, 1);
const earliestCounted = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** So many of the values must be dates: some rows of real files are broken. */
const enough = 0.9;
/** A format beside the first one must read so many of the values. */
const worthIt = 0.02;

type Reads = (value: string) => number | null;

const reads = (format: string): Reads => {
  const read = dateReader(format);
  const from = format.startsWith('unix') ? earliestCounted : earliest;
  return (value) => {
    const at = read(value.trim());
    return at !== null && at >= from && at < latest ? at : null;
  };
};
const known: readonly { format: string; read: Reads }[] = dateFormats.map(({ value }) => ({
  format: value,
  read: reads(value),
}));

export interface FoundFormats {
  /** The likeliest first; several where the values mix them. Empty where that has to be asked. */
  formats: string[];
  /** A date that both orders of day and month read, where nothing in the values tells which it is. */
  ambiguous: string | null;
}

/** The formats in which the values are dates, but for a few; null when they are none. Empty values say nothing. */
export const findDateFormats = (values: readonly string[]): FoundFormats | null => {
  const given = values.filter((value) => value.trim() !== '');
  if (given.length === 0) return null;
  const formats: string[] = [];
  let left = given;
  for (;;) {
    const most = known
      .map((each) => ({ ...each, count: left.filter((value) => each.read(value) !== null).length }))
      .reduce((best, each) => (each.count > best.count ? each : best));
    if (most.count < Math.max(1, given.length * worthIt)) break;
    formats.push(most.format);
    left = left.filter((value) => most.read(value) === null);
  }
  if (left.length > given.length * (1 - enough)) return null;
  const ambiguous = undecided(formats, given);
  return { formats: ambiguous === null ? formats : [], ambiguous };
};

/** The first date that day and month can change places in, if none of the values says how they stand. */
const undecided = (formats: readonly string[], values: readonly string[]): string | null => {
  for (const format of formats) {
    const other = swapped(format);
    if (other === format || formats.includes(other)) continue;
    const [one, two] = [reads(format), reads(other)];
    const read = values.filter((value) => one(value) !== null);
    if (read.every((value) => two(value) !== null))
      return read.find((value) => one(value) !== two(value)) ?? read[0] ?? null;
  }
  return null;
};

/** With day and month in each other's place. */
const swapped = (format: string): string => format.replace(/^([Md])([/-])([Md])/, '$3$2$1');
