import type { Dice } from '../dice.ts';

export const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** How far the history goes back: about six months. */
export const historyDays = 182;

/** What is done on a Monday in January, 1; Sunday is the first of the week, January the first of the year. */
const weekdays = [0.16, 0.95, 1, 1, 0.95, 0.75, 0.14] as const;
const months = [1, 1, 1.05, 0.95, 1, 0.95, 0.8, 0.65, 1.05, 1.1, 1.05, 0.75] as const;
/** Of a working day, by hour of the contact's own clock: from 7 to 21. */
const hours = [
  [2, 7],
  [6, 8],
  [10, 9],
  [11, 10],
  [10, 11],
  [6, 12],
  [8, 13],
  [10, 14],
  [9, 15],
  [8, 16],
  [6, 17],
  [3, 18],
  [2, 19],
  [3, 20],
  [2, 21],
] as const;

/** How busy the season makes a moment: between 0 and 1.1. */
const season = (at: number): number => {
  const date = new Date(at);
  return (weekdays[date.getUTCDay()] ?? 1) * (months[date.getUTCMonth()] ?? 1);
};

/** A moment of somebody's working day between two moments; weekends and holidays are rare, and the last one is kept to. */
export const workingMoment = (dice: Dice, from: number, to: number, utcOffsetHours: number): number => {
  for (let tries = 0; tries < 12; tries++) {
    const day = Math.floor(dice.between(from, to) / dayMs) * dayMs;
    const at = day + (dice.weighted(hours) - utcOffsetHours) * hourMs + dice.whole(0, hourMs - 1);
    if (at >= from && at < to && dice.chance(season(at))) return at;
  }
  return Math.floor(dice.between(from, to));
};
