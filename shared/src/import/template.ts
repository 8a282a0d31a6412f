import type { DateReader } from './dates.ts';
import type { NumberReader } from './numbers.ts';

/** A row's cells by column index. Absent columns are refused when the template is made. */
export type Cells = readonly string[];
export type CellValue = string | number | boolean | string[];

/** Made from a template: gives the value of a row; undefined when nothing is there; throws RowError when it is not readable. */
export type Reader = (cells: Cells) => CellValue | undefined;

/** Why a row cannot be used. */
export class RowError extends Error {}

const kinds = ['text', 'number', 'boolean', 'date', 'list'] as const;
type Kind = (typeof kinds)[number];

export interface TemplateContext {
  /** Index of a column by name; throws when the file has no such column. */
  columnIndex(name: string): number;
  readDate: DateReader;
  readNumber: NumberReader;
}

const placePattern = /\{\{|\}\}|\{([^{}|]+)(?:\|([a-z]+))?\}/g;

/**
 * Compiles `"Touch: {touch_type}"`. A template that is one place only keeps the kind asked for (`{dollars|number}`,
 * `|boolean`, `|date` (whole milliseconds as ISO text), `|list` (split at semicolons)); an empty cell is no value.
 */
export const compileTemplate = (template: string | number | boolean, context: TemplateContext): Reader => {
  if (typeof template !== 'string') return () => template;
  const parts: (string | { index: number; name: string; kind: Kind })[] = [];
  let from = 0;
  for (const match of template.matchAll(placePattern)) {
    parts.push(template.slice(from, match.index));
    const [whole, name, kind = 'text'] = match;
    if (name === undefined) parts.push(whole.slice(0, 1));
    else {
      const known = kinds.find((candidate) => candidate === kind);
      if (!known) throw new RangeError(`"${template}" asks for "${kind}"; it is one of ${kinds.join(', ')}`);
      parts.push({ index: context.columnIndex(name.trim()), name: name.trim(), kind: known });
    }
    from = match.index + whole.length;
  }
  parts.push(template.slice(from));
  const pieces = parts.filter((part) => part !== '');
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'object') {
    const { index, name, kind } = only;
    return (cells) => readCell(cells[index] ?? '', name, kind, context);
  }
  return (cells) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : (cells[piece.index] ?? '').trim();
    return text === '' ? undefined : text;
  };
};

const readCell = (
  cell: string,
  name: string,
  kind: Kind,
  { readDate, readNumber }: TemplateContext,
): CellValue | undefined => {
  const text = cell.trim();
  if (text === '') return undefined;
  switch (kind) {
    case 'text':
      return text;
    case 'number': {
      const value = readNumber(text);
      if (value === null) throw new RowError(`${name} "${shortened(text)}" is not a number${hintOf(text)}`);
      return value;
    }
    case 'boolean':
      if (/^(true|yes|y|1)$/i.test(text)) return true;
      if (/^(false|no|n|0)$/i.test(text)) return false;
      throw new RowError(`${name} "${shortened(text)}" is neither yes nor no`);
    case 'date': {
      const at = readDate(text);
      if (at === null) throw new RowError(`${name} "${shortened(text)}" is not a date of the expected format`);
      return new Date(at).toISOString();
    }
    case 'list':
      return text
        .split(';')
        .map((item) => item.trim())
        .filter((item) => item !== '');
  }
};

/** A comma may be why. */
const hintOf = (text: string): string =>
  /^[+-]?[\d., ]+$/.test(text) && text.includes(',') ? ' as long as nobody says what the comma in it means' : '';

export const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text);
