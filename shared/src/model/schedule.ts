import { z } from 'zod';
import { dayMs } from './time.ts';

/** Monday first. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Every month has these; later days would be left out now and then. */
const lastDayOfMonth = 28;

const isTimeZone = (zone: string): boolean => {
  // Offsets, which some implementations take too, are not zones: the same hour would be another one in summer.
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const clock = {
  /** Time of day there, as in 02:30. */
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, as in 02:30'),
  zone: z
    .string()
    .max(100)
    .refine(isTimeZone, 'is no time zone; use a name of the time zone database, as in Europe/Berlin or UTC'),
};

/** When something is done again and again, by the clock of a place. */
export const scheduleSchema = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), ...clock }),
  z.strictObject({
    every: z.literal('week'),
    on: z
      .array(z.enum(weekdays))
      .min(1)
      .max(7)
      .refine((days) => new Set(days).size === days.length, 'names a day twice'),
    ...clock,
  }),
  z.strictObject({
    every: z.literal('month'),
    on: z.int().min(1).max(lastDayOfMonth, `must be 1 to ${lastDayOfMonth}: every month has these days`),
    ...clock,
  }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Making one takes longer than using it a hundred times. */
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  } as const);
  formats.set(zone, made);
  return made;
};

/** What the clock of a place shows at a moment, as if it were UTC, ms. */
const shownAt = (moment: number, zone: string): number => {
  const parts = formatOf(zone).formatToParts(moment);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
};

/** The first moment at which the clock of a place shows this; null where it leaps over it. */
const momentShowing = (shown: number, zone: string): number | null => {
  // Zones are half a day and a bit from UTC; what the clock was ahead a day before and after covers every leap between.
  const guesses = [-dayMs, dayMs].map((by) => shown - (shownAt(shown + by, zone) - (shown + by)));
  const fit = guesses.filter((guess) => shownAt(guess, zone) === shown);
  return fit.length === 0 ? null : Math.min(...fit);
};

const isOn = (schedule: Schedule, day: Date): boolean => {
  switch (schedule.every) {
    case 'day':
      return true;
    case 'week':
      return schedule.on.includes(weekdays[(day.getUTCDay() + 6) % 7] ?? 'monday'); // Seven of them.
    case 'month':
      return day.getUTCDate() === schedule.on;
  }
};

/** The next moments of a schedule after one, ms. A time of day that the clock leaps over in spring is left out that day. */
export const nextMoments = (schedule: Schedule, after: number, count: number): number[] => {
  const [hour = 0, minute = 0] = schedule.at.split(':').map(Number);
  const moments: number[] = [];
  let midnight = Math.floor(shownAt(after, schedule.zone) / dayMs) * dayMs;
  // A month has one at least, so this ends: even a leap of the clock leaves out one in a year.
  for (let days = 0; moments.length < count && days < 366 * (count + 1); days++, midnight += dayMs) {
    if (!isOn(schedule, new Date(midnight))) continue;
    const moment = momentShowing(midnight + (hour * 60 + minute) * 60_000, schedule.zone);
    if (moment !== null && moment > after) moments.push(moment);
  }
  return moments;
};

const daysInWords = (days: readonly Weekday[]): string =>
  weekdays
    .filter((day) => days.includes(day))
    .map((day) => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`)
    .join(', ');

/** "every Monday, Friday at 02:30, Europe/Berlin". */
export const scheduleInWords = (schedule: Schedule): string => {
  const at = `at ${schedule.at}, ${schedule.zone}`;
  switch (schedule.every) {
    case 'day':
      return `every day ${at}`;
    case 'week':
      return `every ${daysInWords(schedule.on)} ${at}`;
    case 'month':
      return `on day ${schedule.on} of every month ${at}`;
  }
};
