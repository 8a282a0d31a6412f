import * as fc from 'fast-check';
import { dayMs } from '../../model/time.ts';
import type { FieldValue, Properties } from '../../model/value.ts';
import { liveWindowMs, type EventInput } from '../result.ts';
import { assets, countries, eventTypes, historyStartsAt, titles } from './vocabulary.ts';

const minuteMs = 60_000;

/** Time between two arrivals: none, moments, or days on end; whole days often, so that dues and events meet. */
const gapMs: fc.Arbitrary<number> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: dayMs }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }).map((days) => days * dayMs) },
  { weight: 2, arbitrary: fc.integer({ min: dayMs, max: 60 * dayMs }) },
);

/** How much older than its arrival an event is; negative for dates in the future. */
const latenessMs: fc.Arbitrary<number> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 * minuteMs }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 50 }).map((days) => days * dayMs) },
  { weight: 1, arbitrary: fc.integer({ min: -5 * minuteMs, max: -1 }) },
  { weight: 1, arbitrary: fc.integer({ min: -9 * dayMs, max: -5 * minuteMs - 1 }) },
);

const properties: fc.Arbitrary<Properties> = fc.record(
  { asset: fc.constantFrom(...assets), seconds: fc.integer({ min: 0, max: 100 }) },
  { requiredKeys: [] },
);

const fields = (arrivedAt: number): fc.Arbitrary<Record<string, FieldValue>> =>
  fc.record(
    {
      country: fc.constantFrom<FieldValue>(...countries, null),
      title: fc.constantFrom<FieldValue>(...titles, null),
      employees: fc.integer({ min: 0, max: 10 }),
      timezone: fc.constantFrom<FieldValue>('Asia/Tokyo', 'America/New_York', 'nowhere', null),
      renewal: fc.integer({ min: -20, max: 60 }).map((days) => new Date(arrivedAt + days * dayMs).toISOString()),
    },
    { requiredKeys: [] },
  );

export interface HistoryOptions {
  /** Begins every message id: one per contact keeps them apart. */
  prefix?: string;
  minLength?: number;
  maxLength?: number;
}

interface Arrival {
  gap: number;
  late: number;
  type: string;
  properties: Properties;
  identifies: boolean;
  fields: Record<string, FieldValue>;
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  gap: gapMs,
  late: latenessMs,
  type: fc.constantFrom(...eventTypes, 'email_opened', 'page_viewed'),
  properties,
  identifies: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  fields: fields(historyStartsAt + 40 * dayMs),
});

/** What arrives for one contact, in the order of arrival: late, early, repeated, at one instant, after long silences. */
export const history = ({ prefix = 'm', minLength = 1, maxLength = 25 }: HistoryOptions = {}): fc.Arbitrary<
  EventInput[]
> =>
  fc.array(arrival, { minLength, maxLength, size: 'max' }).map((arrivals) => {
    let arrivedAt = historyStartsAt;
    return arrivals.map((one, index): EventInput => {
      arrivedAt += one.gap;
      return {
        kind: 'event',
        messageId: `${prefix}${String(index)}`,
        type: one.identifies ? 'identify' : one.type,
        properties: one.identifies ? {} : one.properties,
        fields: one.identifies ? one.fields : null,
        occurredAt: arrivedAt - one.late,
        arrivedAt,
        backfilled: one.late > liveWindowMs,
      };
    });
  });

/** How long after the last arrival one looks: long enough for dues to be met. */
export const lookAfterMs: fc.Arbitrary<number> = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 10 * dayMs }),
  fc.integer({ min: 0, max: 150 * dayMs }),
);
