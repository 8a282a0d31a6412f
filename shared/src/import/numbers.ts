export const decimals = ['.', ','] as const;
export type Decimal = (typeof decimals)[number];

/** Reads numbers; null when a text is none. */
export type NumberReader = (text: string) => number | null;

const plain: NumberReader = (text) => {
  const value = Number(text);
  return Number.isFinite(value) && !/^0[xob]/i.test(text) ? value : null;
};

/** Spaces of all widths, and the apostrophe of Switzerland, group thousands too. */
const spaces = "[ \\u00A0\\u202F'\\u2019]";
const grouped = (decimal: Decimal): RegExp => {
  const group = decimal === ',' ? '\\.' : ',';
  const separator = `(?:${group}|${spaces})`;
  return new RegExp(`^[+-]?(?:\\d+|\\d{1,3}(?:${separator}\\d{3})+)(?:\\${decimal}\\d*)?(?:[eE][+-]?\\d+)?$`);
};

/**
 * The reader of numbers whose fraction follows `decimal`; thousands may be grouped by the other one. Without it only a dot is
 * taken, and nothing groups: whether `1,234` is a little more than one or than a thousand must be said.
 */
export const numberReader = (decimal?: Decimal): NumberReader => {
  if (decimal === undefined) return plain;
  const pattern = grouped(decimal);
  const separators = new RegExp(`${decimal === ',' ? '\\.' : ','}|${spaces}`, 'g');
  return (text) => (pattern.test(text) ? plain(text.replace(separators, '').replace(',', '.')) : null);
};
