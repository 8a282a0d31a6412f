const exactNumbers = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });

const isMoment = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) && !Number.isNaN(Date.parse(value));

const isDay = (moment: string): boolean => /T00:00(:00(\.0+)?)?(Z|\+00:00)$/.test(moment);

const dayAlone = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const exactly = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** A field's or property's value as people read it. */
export const valueInWords = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return exactNumbers.format(value).replace('-', '\u2212');
  // A birthday is kept as its midnight: in the reader's zone it would be the day before for half the world.
  if (isMoment(value)) return (isDay(value) ? dayAlone : exactly).format(Date.parse(value));
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueInWords).join(', ');
  return JSON.stringify(value);
};

/** Names and values, nested ones by their path: `address.city`. Lists stay whole. */
export const flat = (value: unknown, prefix = ''): [string, unknown][] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return prefix === '' ? [] : [[prefix, value]];
  return Object.entries(value).flatMap(([key, member]) => flat(member, prefix === '' ? key : `${prefix}.${key}`));
};
