import { z } from 'zod';
import { minutesOf, weekdays, zoneSchema, type Weekday } from '../zones/business-hours.ts';
import { momentIn, offsetAt } from '../zones/zone.ts';
import { dayMs } from './time.ts';

/** Every month has these; later days would be left out now and then. */
const lastDayOfMonth = 28;

const clock = {
  /** Time of day there, as in 02:30. */
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, as in 02:30'),
  zone: zoneSchema,
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

const isOn = (schedule: Schedule, day: Date): boolean => {
  switch (schedule.every) {
    case 'day':
      return true;
    case 'week':
      return schedule.on.includes(weekdays[day.getUTCDay()] ?? 'sun'); // Seven of them.
    case 'month':
      return day.getUTCDate() === schedule.on;
  }
};

/** The next moments of a schedule after one, ms. A time of day that the clock leaps over in spring is left out that day. */
export const nextMoments = (schedule: Schedule, after: number, count: number): number[] => {
  const { at, zone } = schedule;
  const moments: number[] = [];
  let day = Math.floor((after + offsetAt(zone, after)) / dayMs) * dayMs;
  // A month has one at least, so this ends: even a leap of the clock leaves out one in a year.
  for (let days = 0; moments.length < count && days < 366 * (count + 1); days++, day += dayMs) {
    if (!isOn(schedule, new Date(day))) continue;
    const shown = day + minutesOf(at) * 60_000;
    const moment = momentIn(zone, shown);
    if (moment > after && moment + offsetAt(zone, moment) === shown) moments.push(moment);
  }
  return moments;
};

/** Monday first, as people read a week. */
export const daysOfWeek: readonly { day: Weekday; name: string }[] = [
  { day: 'mon', name: 'Monday' },
  { day: 'tue', name: 'Tuesday' },
  { day: 'wed', name: 'Wednesday' },
  { day: 'thu', name: 'Thursday' },
  { day: 'fri', name: 'Friday' },
  { day: 'sat', name: 'Saturday' },
  { day: 'sun', name: 'Sunday' },
];

const daysInWords = (days: readonly Weekday[]): string =>
  daysOfWeek.flatMap(({ day, name }) => (days.includes(day) ? [name] : [])).join(', ');

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
