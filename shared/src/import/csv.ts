import { csvRecords, maxRecordLength, type CsvRecord } from './csv-records.ts';

/** A row of a CSV file; `reason` is set when it cannot be used. */
export interface CsvRow extends CsvRecord {
  /** Data rows from 1, in file order, refused ones included. */
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
}

/**
 * Reads a CSV text from its pieces. `open` starts it from the beginning; it is called twice where the delimiter is to be found.
 * Ragged rows and broken quotes come back as rows with a reason; the rest goes on.
 */
export const csvTable = async (open: () => AsyncIterable<string>, options: CsvOptions = {}): Promise<CsvTable> => {
  const delimiter = options.delimiter ?? delimiterOf(await firstLine(open()));
  const records = csvRecords(open(), delimiter);
  let header = options.columns;
  if (!header) {
    const first = await records.next();
    header = first.done ? [] : first.value.cells.map((name) => name.trim());
  }
  return { header, delimiter, rows: checkedRows(records, header.length) };
};

/** The likeliest delimiter of a header line: the one that occurs most outside quotes; a comma when none does. */
export const delimiterOf = (line: string): string => {
  const unquoted = line.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length - 1 }));
  return counts.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).delimiter;
};

async function* checkedRows(records: AsyncGenerator<CsvRecord>, width: number): AsyncGenerator<CsvRow> {
  let row = 0;
  for await (const record of records) {
    row++;
    const ragged = record.reason === null && record.cells.length !== width;
    yield {
      ...record,
      row,
      reason: ragged ? `has ${counted(record.cells.length, 'cell')} where the header has ${width}` : record.reason,
    };
  }
}

const firstLine = async (pieces: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    const end = text.search(/[\r\n]/);
    if (end >= 0) return text.slice(0, end);
    if (text.length > maxRecordLength) break;
  }
  return text;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
