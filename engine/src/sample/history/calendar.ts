import { dayMs } from './moment.ts';
import type { Span } from './diary.ts';

/** When something goes out to everybody. */
export interface Calendar {
  newsletters: number[];
  webinars: number[];
}

const hourMs = 3_600_000;
const tuesday = 2;
const wednesday = 3;

/** A newsletter every Tuesday, a webinar on a Wednesday every four weeks. */
export const calendarOf = ({ from, to }: Span): Calendar => ({
  newsletters: every(from, to, { weekday: tuesday, weeks: 1, hour: 8 }),
  webinars: every(from + 10 * dayMs, to, { weekday: wednesday, weeks: 4, hour: 15 }),
});

const every = (
  from: number,
  to: number,
  { weekday, weeks, hour }: { weekday: number; weeks: number; hour: number },
) => {
  const moments: number[] = [];
  const first = Math.ceil(from / dayMs) * dayMs;
  const until = (weekday - new Date(first).getUTCDay() + 7) % 7;
  for (let at = first + until * dayMs + hour * hourMs; at < to; at += weeks * 7 * dayMs) moments.push(at);
  return moments;
};
