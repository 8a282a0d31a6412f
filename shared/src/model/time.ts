import { z } from 'zod';

/** All times are whole milliseconds since 1970 in UTC, all durations whole milliseconds. */
export const dayMs = 86_400_000;

const unitMs = { minutes: 60_000, hours: 3_600_000, days: dayMs, weeks: 7 * dayMs } as const;

export const durationSchema = z.strictObject({
  amount: z.number().positive().max(100_000),
  unit: z.enum(['minutes', 'hours', 'days', 'weeks']),
});
export type Duration = z.infer<typeof durationSchema>;

export const durationMs = (duration: Duration): number =>
  Math.max(1, Math.round(duration.amount * unitMs[duration.unit]));

/** Days as whole milliseconds; definitions speak of days, the core of milliseconds. */
export const daysMs = (days: number): number => Math.round(days * dayMs);

/** A number of days in a definition: a minute at least, a century at most. */
export const daysSchema = z
  .number()
  .min(1 / 1_440, 'must be a minute at least; leave it out where there is none')
  .max(36_525, 'must be a hundred years (36,525 days) at most');

const isoMoment =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Reads a moment as the tracking API and definitions write it: ISO 8601, or milliseconds since 1970. Text without a zone
 * is UTC, a date alone its midnight. Returns whole milliseconds; null when it is none. Stricter than Date.parse, whose
 * reading of other forms depends on where it runs.
 */
export const parseMoment = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) <= 8.64e15 ? Math.floor(value) : null;
  if (typeof value !== 'string') return null;
  const match = isoMoment.exec(value.trim());
  if (!match) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > lastDay || hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = match[7] ? Number(match[7].slice(0, 3).padEnd(3, '0')) : 0;
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - zoneMs(match[8]);
};

const zoneMs = (zone: string | undefined): number => {
  if (!zone || zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
};
