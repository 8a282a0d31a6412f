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
  { value: 'M/d/yyyy h:mm a', label: '3/14/2026 9:30 AM' },
  { value: 'M/d/yyyy h:mm:ss a', label: '3/14/2026 9:30:00 AM' },
  { value: 'yyyy/MM/dd', label: '2026/03/14' },
  { value: 'yyyy/MM/dd HH:mm:ss', label: '2026/03/14 09:30:00' },
  { value: 'yyyy-MM-dd HH:mm:ss.SSS', label: '2026-03-14 09:30:00.000' },
  { value: 'unix', label: '1773480600 (seconds since 1970)' },
  { value: 'unix_ms', label: '1773480600000 (milliseconds since 1970)' },
] as const;

const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** So many of the values must be dates: some rows of real files are broken. */
const enough = 0.9;

/** How many of the values a format reads. */
const readBy = (format: string, values: readonly string[]): number => {
  const read = dateReader(format);
  return values.filter((value) => {
    const at = read(value.trim());
    return at !== null && at >= earliest && at < latest;
  }).length;
};

export interface FoundFormat {
  format: string;
  /** Another order of day and month reads them as well: people must say which it is. */
  ambiguous: boolean;
}

/** The format in which the values are dates, but for a few; null when there is none. Empty values say nothing. */
export const findDateFormat = (values: readonly string[]): FoundFormat | null => {
  const given = values.filter((value) => value.trim() !== '');
  if (given.length === 0) return null;
  const counts = new Map<string, number>(dateFormats.map(({ value }) => [value, readBy(value, given)]));
  const most = Math.max(...counts.values());
  if (most < given.length * enough) return null;
  const format = [...counts].find(([, count]) => count === most)?.[0] ?? 'iso';
  return { format, ambiguous: format.startsWith('M/d/') && counts.get(swapped(format)) === most };
};

const swapped = (format: string): string => format.replace('M/d/', 'd/M/');
