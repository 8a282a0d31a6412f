import { z } from 'zod';
import { dayMs } from '../model/time.ts';
import { isZone, momentIn, offsetAt } from './zone.ts';

const minuteMs = 60_000;
/** As JavaScript numbers the days of a week. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day as in 09:00');

export const zoneSchema = z.string().max(100).refine(isZone, 'must be a time zone as in Europe/Berlin');

/** When an office is open: from a time of day until another, on some days of the week. */
export const businessHoursSchema = z.strictObject({
  days: z.array(z.enum(weekdays)).min(1).max(7).default(['mon', 'tue', 'wed', 'thu', 'fri']),
  from: timeOfDay.default('09:00'),
  to: timeOfDay.default('17:00'),
});
export type BusinessHours = z.infer<typeof businessHoursSchema>;

export const minutesOf = (time: string): number => {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/** The first moment from `at` on at which it is open in a zone: `at` itself when it is. */
export const openFrom = ({ days, from, to }: BusinessHours, zone: string, at: number): number => {
  const shown = at + offsetAt(zone, at);
  const today = Math.floor(shown / dayMs) * dayMs;
  // A week, and a day more: this weekday may be over for today.
  for (let ahead = 0; ahead <= 8; ahead++) {
    const day = today + ahead * dayMs;
    const weekday = weekdays[new Date(day).getUTCDay()];
    if (weekday === undefined || !days.includes(weekday)) continue;
    const closes = momentIn(zone, day + minutesOf(to) * minuteMs);
    if (at >= closes) continue;
    return Math.max(at, momentIn(zone, day + minutesOf(from) * minuteMs));
  }
  // Not reached by hours that open at all: some weekday is always within eight days.
  return at;
};
