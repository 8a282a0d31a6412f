import { expect, test } from 'vitest';
import { businessHoursSchema, openFrom } from './business-hours.ts';
import { isZone, momentIn, offsetAt, zoneNames } from './zone.ts';
import { zoneVersion } from './zone-data.ts';

const hourMs = 3_600_000;
const shownIn = (zone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  });
  return (at) => format.format(at);
};

test.runIf(process.versions['tz'] === zoneVersion)(
  'the table says what this platform says, for every zone, through the years',
  () => {
    expect(zoneNames.length).toBeGreaterThan(400);
    const asUtc = shownIn('UTC');
    for (const zone of zoneNames) {
      const shown = shownIn(zone);
      // Every fifth week and some hours, so that summers, winters and times of day are met.
      for (let at = Date.UTC(1990, 0, 1); at < Date.UTC(2040, 0, 1); at += 35 * 24 * hourMs + 7 * hourMs)
        if (asUtc(at + offsetAt(zone, at)) !== shown(at)) expect.fail(`${zone} at ${new Date(at).toISOString()}`);
    }
  },
);

test.each([
  { zone: 'Europe/Berlin', before: '2025-03-30T00:59:00Z', after: '2025-03-30T01:00:00Z', from: 1, to: 2 },
  { zone: 'Europe/Berlin', before: '2025-10-26T00:59:00Z', after: '2025-10-26T01:00:00Z', from: 2, to: 1 },
  { zone: 'America/New_York', before: '2026-03-08T06:59:00Z', after: '2026-03-08T07:00:00Z', from: -5, to: -4 },
  { zone: 'Asia/Kolkata', before: '2020-01-01T00:00:00Z', after: '2020-07-01T00:00:00Z', from: 5.5, to: 5.5 },
  { zone: 'Australia/Lord_Howe', before: '2025-04-05T14:59:00Z', after: '2025-04-05T15:00:00Z', from: 11, to: 10.5 },
])('clocks in $zone change to the minute', ({ zone, before, after, from, to }) => {
  expect([offsetAt(zone, Date.parse(before)) / hourMs, offsetAt(zone, Date.parse(after)) / hourMs]).toEqual([from, to]);
});

test('beyond the table the first and the last offset hold; what is no zone is none', () => {
  expect(offsetAt('Europe/Berlin', Date.UTC(1970, 6, 1))).toBe(hourMs);
  expect(offsetAt('Europe/Berlin', Date.UTC(2200, 0, 1))).toBe(hourMs);
  expect([isZone('Mars/Olympus'), isZone('__proto__')]).toEqual([false, false]);
  expect(() => offsetAt('Mars/Olympus', 0)).toThrow('no time zone');
});

test('a time of day is found on days on which clocks change', () => {
  const shown = (day: string): number => Date.parse(`${day}Z`);
  // Skipped: an hour later. Shown twice: the first time.
  expect(new Date(momentIn('Europe/Berlin', shown('2025-03-30T02:30:00'))).toISOString()).toBe(
    '2025-03-30T01:30:00.000Z',
  );
  expect(new Date(momentIn('Europe/Berlin', shown('2025-10-26T02:30:00'))).toISOString()).toBe(
    '2025-10-26T00:30:00.000Z',
  );
});

test.each([
  { what: 'inside', at: '2025-06-02T08:00:00Z', opens: '2025-06-02T08:00:00Z' },
  { what: 'in the first moment', at: '2025-06-02T07:00:00Z', opens: '2025-06-02T07:00:00Z' },
  { what: 'before', at: '2025-06-02T01:00:00Z', opens: '2025-06-02T07:00:00Z' },
  { what: 'in the moment in which it closes', at: '2025-06-02T15:00:00Z', opens: '2025-06-03T07:00:00Z' },
  { what: 'on a Saturday', at: '2025-06-07T10:00:00Z', opens: '2025-06-09T07:00:00Z' },
  { what: 'over the change to summer', at: '2025-03-28T20:00:00Z', opens: '2025-03-31T07:00:00Z' },
  { what: 'over the change to winter', at: '2025-10-24T20:00:00Z', opens: '2025-10-27T08:00:00Z' },
])('it is open in Berlin: $what', ({ at, opens }) => {
  const hours = businessHoursSchema.parse({});
  expect(new Date(openFrom(hours, 'Europe/Berlin', Date.parse(at))).toISOString()).toBe(new Date(opens).toISOString());
});

test('an office that opens one day a week is open that day', () => {
  const hours = businessHoursSchema.parse({ days: ['sun'], from: '00:00', to: '24:00' });
  const sunday = Date.parse('2025-06-01T22:30:00Z');
  expect(openFrom(hours, 'Europe/Berlin', sunday)).toBe(Date.parse('2025-06-07T22:00:00Z'));
});
