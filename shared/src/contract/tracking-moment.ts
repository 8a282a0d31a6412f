/** Earlier dates are mistakes (a zero, a two-digit year): 1990-01-01. */
export const earliestMoment = 631_152_000_000;

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Reads a moment as the tracking API sends it: ISO 8601, or whole milliseconds since 1970. Text without a zone is UTC, so
 * that it means the same on every machine. Returns whole milliseconds; null when it is not a moment.
 */
export const parseMoment = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) <= 8.64e15 ? Math.floor(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (!iso.test(text)) return null;
  const zoned = text.length <= 10 || /(?:Z|z|[+-]\d{2}(?::?\d{2})?)$/.test(text.slice(10));
  const moment = Date.parse(normal(text, zoned));
  return Number.isNaN(moment) ? null : moment;
};

/** `2024-05-01 10:00` -> `2024-05-01T10:00Z`; engines agree on nothing looser than ISO. */
const normal = (text: string, zoned: boolean): string => {
  if (text.length <= 10) return text;
  const time = text.slice(11).replace(',', '.').replace(/z$/, 'Z').replace(/([+-]\d{2}):?(\d{2})?$/, (_, hours: string, minutes?: string) => `${hours}:${minutes ?? '00'}`);
  return `${text.slice(0, 10)}T${time}${zoned ? '' : 'Z'}`;
};
