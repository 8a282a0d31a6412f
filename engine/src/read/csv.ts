import type { FieldValue } from '@ripen/shared';

/** Spreadsheets take what begins so for a formula. */
const formula = /^[=+\-@\t\r]/;
/** Numbers and telephone numbers may begin with a sign. */
const harmless = /^[+-]?[\d\s().,/-]*$/;

/** A record of CSV with its line end. Text that a spreadsheet would run begins with an apostrophe. */
export const csvLine = (values: readonly FieldValue[]): string => `${values.map(cell).join(',')}\r\n`;

const cell = (value: FieldValue): string => {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = Array.isArray(value) ? value.join('; ') : value;
  const safe = formula.test(text) && !harmless.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
