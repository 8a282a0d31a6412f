import { cellsOf, csvRecords, maxRecordLength, type CsvRecord } from './csv-records.ts';

/** A row of a CSV file; `reason` is set when it cannot be used. */
export interface CsvRow extends CsvRecord {
  /** Data rows from 1, in file order; refused ones count, and those without anything in them, which are left out. */
  row: number;
}

export interface CsvTable {
  header: string[];
  delimiter: string;
  rows: AsyncGenerator<CsvRow>;
}

export interface CsvOptions {
  /** Found from the first line when absent. */
  delimiter?: string | undefined;
  /** Names of the columns of a file without a header row. */
  columns?: string[] | undefined;
  /** Reading left places unread (U+FFFD): rows that have them are refused. */
  damaged?: boolean | undefined;
}

/**
 * Reads a CSV text from its pieces. `open` starts it from the beginning; it is called twice, the first time for the first line. Lines
 * may end as they do on any system; a first line `sep=;`, as spreadsheets write it, is taken at its word. Ragged rows, broken
 * quotes and unreadable characters come back as rows with a reason; the rest goes on.
 */
export const csvTable = async (open: () => AsyncIterable<string>, options: CsvOptions = {}): Promise<CsvTable> => {
  const first = await firstLine(open());
  const said = /^sep=(.)$/i.exec(first.text)?.[1];
  const delimiter = options.delimiter ?? said ?? delimiterOf(first.text);
  const records = csvRecords(first.bareReturns ? withLineFeeds(open()) : open(), delimiter);
  if (said !== undefined) await records.next();
  let header = options.columns;
  if (!header) {
    const named = await records.next();
    header = named.done ? [] : named.value.cells.map((name) => name.trim());
  }
  return {
    header,
    delimiter,
    rows: checkedRows(records, { width: header.length, delimiter, damaged: options.damaged ?? false }),
  };
};

/** The likeliest delimiter of a header line: the one that occurs most outside quotes; a comma when none does. */
export const delimiterOf = (line: string): string => {
  const unquoted = line.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length - 1 }));
  return counts.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).delimiter;
};

interface Expected {
  /** Cells of the header. */
  width: number;
  delimiter: string;
  damaged: boolean;
}

async function* checkedRows(records: AsyncGenerator<CsvRecord>, expected: Expected): AsyncGenerator<CsvRow> {
  let row = 0;
  for await (const record of records) {
    row++;
    const { cells, reason } = record;
    // Spreadsheets leave such rows below their last one.
    if (reason === null && cells.every((cell) => cell.trim() === '')) continue;
    const checked = { ...record, cells: reason === null ? unwrapped(cells, expected) : cells, row };
    checked.reason ??= whyNot(checked, expected);
    yield checked;
  }
}

/** A row that was put into quotes as a whole, as spreadsheets do with what they took for one cell, is read as the row that it is. */
const unwrapped = (cells: string[], { width, delimiter }: Expected): string[] => {
  const [only] = cells;
  if (only === undefined || cells.length > 1 || width < 2) return cells;
  const inner = cellsOf(only, delimiter);
  return inner?.length === width ? inner : cells;
};

const whyNot = ({ cells, raw }: CsvRecord, { width, damaged }: Expected): string | null => {
  if (raw.includes('\0')) return 'has a NUL character: the file may be damaged';
  if (damaged && raw.includes('\uFFFD'))
    return 'has bytes that are not in the encoding of the rest of the file: save it in one encoding';
  if (cells.length !== width) return `has ${counted(cells.length, 'cell')} where the header has ${width}`;
  return null;
};

interface FirstLine {
  text: string;
  /** It ends with a carriage return alone, as on old Macs. */
  bareReturns: boolean;
}

const firstLine = async (pieces: AsyncIterable<string>): Promise<FirstLine> => {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    const end = text.search(/[\r\n]/);
    // What follows a carriage return decides.
    if (end >= 0 && (text[end] === '\n' || end + 1 < text.length))
      return { text: text.slice(0, end), bareReturns: text[end] === '\r' && text[end + 1] !== '\n' };
    if (end < 0 && text.length > maxRecordLength) break;
  }
  return { text: text.replace(/[\r\n].*$/s, ''), bareReturns: false };
};

async function* withLineFeeds(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.replaceAll('\r', '\n');
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
