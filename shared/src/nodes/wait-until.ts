import { z } from 'zod';
import { daysMs, parseMoment } from '../model/time.ts';
import { pathSchema } from '../model/value.ts';
import { businessHoursSchema, minutesOf, openFrom, zoneSchema } from '../zones/business-hours.ts';
import { isZone } from '../zones/zone.ts';
import { next, nodeType, type Outcome, type Pass } from './node-type.ts';

const untilSchema = z.strictObject({
  to: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('date'),
      at: z
        .string()
        .max(40)
        .refine((text) => parseMoment(text) !== null, 'must be a date as in 2026-03-01 or 2026-03-01T09:00Z'),
    }),
    /** A date that the contact has, some days before (negative) or after it. */
    z.strictObject({
      kind: z.literal('field'),
      field: pathSchema,
      shiftDays: z.number().min(-36_525).max(36_525).default(0),
    }),
  ]),
});
type Until = z.infer<typeof untilSchema>;

/** Beyond these JavaScript has no dates. */
const lastMoment = 8.64e15;

const momentOf = ({ to }: Until, pass: Pass): number | null => {
  const date = parseMoment(to.kind === 'date' ? to.at : pass.field(to.field));
  if (date === null) return null;
  const moment = to.kind === 'date' ? date : date + daysMs(to.shiftDays);
  return Math.abs(moment) <= lastMoment ? moment : null;
};

const waitFor = (settings: Until, pass: Pass): Outcome => {
  const until = momentOf(settings, pass);
  if (until === null) return { kind: 'go', port: 'no_date', note: 'there is no such date' };
  const words = new Date(until).toISOString();
  return until <= pass.at ? next(`${words} is over`) : { kind: 'wait', for: 'time', until, note: `until ${words}` };
};

/** Waits for a moment; what is over already is not waited for. When the contact's date changes, the wait does. */
export const waitUntil = nodeType({
  type: 'wait_until',
  title: 'Wait until a date',
  kind: 'wait',
  settings: untilSchema,
  ports: (settings) => (settings.to?.kind === 'field' ? ['next', 'no_date'] : ['next']),
  atOnce: () => ['next', 'no_date'],
  references: () => ({}),
  run: waitFor,
  whileWaiting: waitFor,
});

const hoursSchema = businessHoursSchema.extend({
  /** Field that holds the contact's time zone. */
  zoneField: pathSchema.default('timezone'),
  /** Where the contact's is not known. */
  zone: zoneSchema.default('UTC'),
});
type Hours = z.infer<typeof hoursSchema>;

const waitForHours = (settings: Hours, pass: Pass): Outcome => {
  const own = pass.field(settings.zoneField);
  const zone = typeof own === 'string' && isZone(own.trim()) ? own.trim() : settings.zone;
  const until = openFrom(settings, zone, pass.at);
  return until <= pass.at
    ? next(`open in ${zone}`)
    : { kind: 'wait', for: 'time', until, note: `until ${new Date(until).toISOString()}, ${zone}` };
};

/** Waits until it is open where the contact is; inside the hours nobody waits. */
export const waitHours = nodeType({
  type: 'wait_hours',
  title: 'Wait for business hours',
  kind: 'wait',
  settings: hoursSchema,
  ports: () => ['next'],
  atOnce: () => ['next'],
  references: () => ({}),
  check: ({ from, to }) =>
    minutesOf(from) < minutesOf(to) ? [] : [`it opens at ${from}, which is not before it closes at ${to}`],
  run: waitForHours,
  whileWaiting: waitForHours,
});
