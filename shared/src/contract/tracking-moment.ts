export { parseMoment } from '../model/time.ts';

/** Earlier dates are mistakes (a zero, a two-digit year): 1990-01-01. */
export const earliestMoment = 631_152_000_000;
