import { csvRecords, maxRecordLength, type CsvRecord } from './csv-records.ts';
import { decodedText, type TextFile } from './text-file.ts';

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

/** Opens a CSV file. Ragged rows and broken quotes come back as rows with a reason; the rest goes on. */
export const openCsv = async (file: TextFile, options: CsvOptions = {}): Promise<CsvTable> => {
  const delimiter = options.delimiter ?? delimiterOf(await firstLine(file));
  const records = csvRecords(decodedText(file), delimiter);
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

const firstLine = async (file: TextFile): Promise<string> => {
  let text = '';
  for await (const piece of decodedText(file)) {
    text += piece;
    const end = text.search(/[\r\n]/);
    if (end >= 0) return text.slice(0, end);
    if (text.length > maxRecordLength) break;
  }
  return text;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
