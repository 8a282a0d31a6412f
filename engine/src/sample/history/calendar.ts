import type { Span } from './diary.ts';
import { dayMs } from './moment.ts';

/** When something goes out to everybody. */
export interface Calendar {
  newsletters: number[];
  webinars: number[];
}

const hourMs = 3_600_000;
const tuesday = 2;
const webinarHour = 15;

/** A newsletter every Tuesday, and a webinar every four weeks, the last of which was a few days ago. */
export const calendarOf = ({ from, to }: Span): Calendar => ({
  newsletters: backwards(dayWith(to, (weekday) => weekday === tuesday) + 8 * hourMs, { from, to, everyDays: 7 }),
  webinars: backwards(dayWith(to - 3 * dayMs, (weekday) => weekday > 0 && weekday < 6) + webinarHour * hourMs, {
    from: from + 10 * dayMs,
    to,
    everyDays: 28,
  }),
});

/** The last day up to a moment that is one of these weekdays, as its midnight. */
const dayWith = (at: number, fits: (weekday: number) => boolean): number => {
  let day = Math.floor(at / dayMs) * dayMs;
  while (!fits(new Date(day).getUTCDay())) day -= dayMs;
  return day;
};

const backwards = (last: number, { from, to, everyDays }: Span & { everyDays: number }): number[] => {
  const moments: number[] = [];
  for (let at = last; at >= from; at -= everyDays * dayMs) if (at < to) moments.unshift(at);
  return moments;
};
