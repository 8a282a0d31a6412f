import { parseMoment } from '../../model/time.ts';
import type { FieldValue } from '../../model/value.ts';
import { sooner } from './conditions.ts';
import type { Work } from '../work.ts';

/** A date field that triggers of live automations wait for. */
export interface WatchedDate {
  /** Key in `triggers`. */
  key: string;
  field: string;
  shiftMs: number;
  yearly: boolean;
}

/** Beyond these JavaScript has no dates. */
const lastMoment = 8.64e15;

/** The same day and time in another year, UTC; the 28th where there is no 29 February. */
const inYear = (date: number, year: number): number => {
  const day = new Date(date);
  const moment = new Date(date);
  moment.setUTCFullYear(year);
  // A day that the year does not have runs over into March.
  if (moment.getUTCMonth() !== day.getUTCMonth()) moment.setUTCDate(0);
  return moment.getTime();
};

/** The first moment after another at which a date's trigger fires; null: never. */
export const nextOf = (
  { shiftMs, yearly }: Pick<WatchedDate, 'shiftMs' | 'yearly'>,
  value: FieldValue | undefined,
  after: number,
): number | null => {
  const date = parseMoment(value);
  if (date === null) return null;
  const firstYear = new Date(date).getUTCFullYear();
  const year = yearly
    ? Math.max(firstYear, new Date(Math.min(after - shiftMs, lastMoment)).getUTCFullYear())
    : firstYear;
  for (const each of yearly ? [year, year + 1] : [firstYear]) {
    const moment = inYear(date, each) + shiftMs;
    if (moment > after) return moment <= lastMoment ? moment : null;
  }
  return null;
};

const fieldOf = ({ subject }: Work, field: string): FieldValue | undefined =>
  Object.hasOwn(subject.fields, field) ? subject.fields[field] : undefined;

/** The next moment at which a date sets something off. */
export const nextDate = (work: Work): number | null =>
  work.program.dates.reduce<number | null>(
    (first, date) => sooner(first, nextOf(date, fieldOf(work, date.field), work.at)),
    null,
  );

/** Queues what the dates of this very moment set off. */
export const meetDates = (work: Work): void => {
  for (const date of work.program.dates) {
    const value = fieldOf(work, date.field);
    if (nextOf(date, value, work.at - 1) === work.at)
      work.queue.push({ kind: 'trigger', key: date.key, properties: { field: date.field, date: value ?? null } });
  }
};
