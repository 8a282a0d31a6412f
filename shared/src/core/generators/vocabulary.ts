import * as fc from 'fast-check';
import { dayMs } from '../../model/time.ts';

/**
 * A small world for generated definitions and histories: few enough words that rules and events meet often.
 */
export const eventTypes = ['email_opened', 'page_viewed', 'form_submitted', 'email_sent', 'unsubscribed'] as const;
export const assets = ['ebook', 'webinar', 'demo'] as const;
export const countries = ['US', 'DE', 'Atlantis'] as const;
export const titles = ['CEO', 'VP', 'student'] as const;
export const labels = ['hot', 'partner'] as const;
export const stageIds = ['prospect', 'lead', 'mql', 'sql'] as const;
/** Every generated model has these bands. */
export const generatedBands = [
  { id: 'low', name: 'Low', from: 0 },
  { id: 'high', name: 'High', from: 20 },
];
export const segmentIds = ['fits', 'warm', 'both'] as const;
export const queueId = 'inside-sales';
export const channelId = 'sales-hook';

/** When generated histories begin, ms: 1 January 2025. */
export const historyStartsAt = Date.UTC(2025, 0, 1);

/** Points as people give them: whole, with decimals, now and then negative. */
export const points: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 2, arbitrary: fc.integer({ min: -25, max: -1 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 40_000_000 }).map((micro) => micro / 1_000_000) },
);

/** Mostly whole days, so that dues of different kinds meet at one instant; now and then an odd number. */
export const days = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.integer({ min: min * dayMs, max: max * dayMs }).map((ms) => ms / dayMs) },
  );

/** Absent, but for one time in so many. */
export const maybe = <T>(arbitrary: fc.Arbitrary<T>, oneIn = 2): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** There, but for one time in five. */
export const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 5 });
