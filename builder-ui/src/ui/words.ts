const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const minus = '\u2212';

/** Points that were given or taken: +25, -8 (with a real minus). */
export const signed = (points: number): string => {
  const rounded = Math.round(points * 10) / 10;
  if (rounded === 0) return '0';
  return rounded > 0 ? `+${numbers.format(rounded)}` : `${minus}${numbers.format(-rounded)}`;
};

/** The causes of a score that weigh most: `+30 Filled out the contact form · +16 Viewed a page`. */
export const reasonsInWords = (reasons: readonly { label: string; points: number }[]): string =>
  reasons.map(({ label, points }) => `${signed(points)} ${label}`).join(' · ');

export const number = (value: number): string => numbers.format(value).replace('-', minus);

const compactNumbers = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
/** 12.4K: where space is short. Below ten thousand there is room for all of it, and 1,963 rounded to 2K would not add up. */
export const compact = (value: number): string =>
  Math.abs(value) < 10_000 ? number(value) : compactNumbers.format(value);

/** `1 lead`, `2 leads`; another plural where adding an s is wrong. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** `email_clicked` or `Email Clicked` as people write it. */
export const humanise = (id: string): string => {
  const words = id.replaceAll(/[_-]+/g, ' ').trim();
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1);
};

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `3 days ago`, `in 2 hours`, `now`; both in ms. */
export const ago = (at: number, now: number): string => {
  const distance = at - now;
  for (const [unit, size] of units) {
    if (Math.abs(distance) >= size) return relative.format(Math.trunc(distance / size), unit);
  }
  return 'just now';
};

/** A span in its two largest units: `2 d 4 h`. */
export const span = (ms: number): string => {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 1) return `${Math.floor(Math.abs(ms) / 1_000)} s`;
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return `${rest} min`;
};

const exactly = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
/** In the reader's zone. */
export const exactTime = (at: number): string => exactly.format(at);

const onTheClock = new Intl.DateTimeFormat('en', {
  ...{ weekday: 'short', month: 'short', day: 'numeric' },
  ...{ hour: 'numeric', minute: '2-digit' },
});
/** A moment that is to come, by weekday and clock, in the reader's zone: "Mon, Nov 23, 9:00 AM". */
export const clockTime = (at: number): string => onTheClock.format(at);
