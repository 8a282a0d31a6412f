import { expect, test } from 'vitest';
import { nextMoments, scheduleSchema, type Schedule } from './schedule.ts';

const next = (schedule: Schedule, after: string, count = 3): string[] =>
  nextMoments(schedule, Date.parse(after), count).map((moment) => new Date(moment).toISOString().slice(0, 16));

test.each<[string, Schedule, string, string[]]>([
  [
    'daily: later today, then every day',
    { every: 'day', at: '02:30', zone: 'UTC' },
    '2026-01-01T02:29:59Z',
    ['2026-01-01T02:30', '2026-01-02T02:30', '2026-01-03T02:30'],
  ],
  [
    'never the moment itself',
    { every: 'day', at: '02:30', zone: 'UTC' },
    '2026-01-01T02:30:00Z',
    ['2026-01-02T02:30', '2026-01-03T02:30', '2026-01-04T02:30'],
  ],
  [
    'by the clock of the place, in summer and winter',
    { every: 'week', on: ['sun'], at: '01:30', zone: 'Europe/Berlin' },
    '2026-03-20T00:00:00Z',
    ['2026-03-22T00:30', '2026-03-29T00:30', '2026-04-04T23:30'],
  ],
  [
    'on the days of the week',
    { every: 'week', on: ['fri', 'mon'], at: '18:00', zone: 'America/New_York' },
    '2026-01-01T12:00:00Z',
    ['2026-01-02T23:00', '2026-01-05T23:00', '2026-01-09T23:00'],
  ],
  [
    'monthly',
    { every: 'month', on: 28, at: '00:00', zone: 'Asia/Kolkata' },
    '2026-01-30T00:00:00Z',
    ['2026-02-27T18:30', '2026-03-27T18:30', '2026-04-27T18:30'],
  ],
  [
    'what the clock leaps over in spring is left out that day',
    { every: 'day', at: '02:30', zone: 'Europe/Berlin' },
    '2026-03-27T12:00:00Z',
    ['2026-03-28T01:30', '2026-03-30T00:30', '2026-03-31T00:30'],
  ],
  [
    'what it shows twice in autumn counts the first time',
    { every: 'month', on: 25, at: '02:30', zone: 'Europe/Berlin' },
    '2026-10-24T12:00:00Z',
    ['2026-10-25T00:30', '2026-11-25T01:30', '2026-12-25T01:30'],
  ],
])('%s', (_, schedule, after, moments) => {
  expect(next(schedule, after)).toEqual(moments);
});

test.each([
  ['at', { every: 'day', at: '24:00', zone: 'UTC' }, 'must be a time of day from 00:00 to 23:59, as in 02:30'],
  ['zone', { every: 'day', at: '02:30', zone: 'Mars/Olympus' }, 'must be a time zone as in Europe/Berlin'],
  ['zone', { every: 'day', at: '02:30', zone: '+01:00' }, 'must be a time zone as in Europe/Berlin'],
  ['on', { every: 'month', on: 31, at: '02:30', zone: 'UTC' }, 'must be 1 to 28: every month has these days'],
  ['on', { every: 'week', on: ['mon', 'mon'], at: '02:30', zone: 'UTC' }, 'names a day twice'],
])('refuses a wrong %s', (path, schedule, message) => {
  const issues = scheduleSchema.safeParse(schedule).error?.issues ?? [];
  expect(issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([[path, message]]);
});
