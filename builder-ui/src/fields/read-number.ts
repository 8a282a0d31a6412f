/**
 * A number as people type it: `1,000`, `2,5`, `+25`, `−8`. Undefined when it is none (yet), as "-" and "1." on the way
 * to one are read as far as they go.
 */
export const readNumber = (text: string): number | undefined => {
  const plain = text.replaceAll(/[\s\u00a0]/g, '').replace(/^[\u2212\u2013]/, '-');
  const dotted = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(dotted) ? Number(dotted) : undefined;
};

/** A number as it stands in a field: every digit, no separators. */
export const writeNumber = (value: number | undefined): string =>
  value === undefined ? '' : String(Math.round(value * 1e6) / 1e6).replace('-', '\u2212');
