import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { decodedText, type TextFile } from './text-file.ts';

/** A row of a CSV file; `reason` is set when it cannot be used. */
export interface CsvRow {
  /** Data rows from 1, in file order, refused ones included. */
  row: number;
  /** Line of the file on which the row ends, from 1. */
  line: number;
  cells: string[];
  /** The row as it stands in the file. */
  raw: string;
  reason: string | null;
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

/** Rows longer than this are refused, so that a stray quote cannot swallow the file. */
const maxRowLength = 1_000_000;

/** Opens a CSV file. Ragged rows and broken quotes come back as rows with a reason; the rest goes on. */
export const openCsv = async (file: TextFile, options: CsvOptions = {}): Promise<CsvTable> => {
  const delimiter = options.delimiter ?? delimiterOf(await firstLine(file));
  const records = csvRecords(file, delimiter);
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

async function* checkedRows(records: AsyncGenerator<CsvRow>, width: number): AsyncGenerator<CsvRow> {
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

async function* csvRecords(file: TextFile, delimiter: string): AsyncGenerator<CsvRow> {
  // csv-parse reports what it skips by callback, before the record that follows.
  const skipped: CsvRow[] = [];
  const parser = parse({
    delimiter,
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: maxRowLength,
    on_skip: (error, raw) => {
      skipped.push({
        row: 0,
        line: parser.info.lines,
        cells: [],
        raw: (raw ?? '').trimEnd(),
        reason: reasonOf(error?.code),
      });
      return undefined;
    },
  });
  const source = Readable.from(decodedText(file), { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  // What csv-parse emits with `info` and `raw` and without `columns`.
  for await (const item of parser as AsyncIterable<{ record: string[]; info: { lines: number }; raw: string }>) {
    yield* skipped.splice(0);
    yield { row: 0, line: item.info.lines, cells: item.record, raw: item.raw.trimEnd(), reason: null };
  }
  yield* skipped;
}

const reasonOf = (code: string | undefined): string => {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'opens a quote that is never closed';
    case 'INVALID_OPENING_QUOTE':
      return 'has a quote inside a cell that does not start with one';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'has text after a closing quote';
    case 'CSV_MAX_RECORD_SIZE':
      return `is longer than ${maxRowLength} characters; a quote may be missing`;
    default:
      return `is not CSV (${code ?? 'unknown error'})`;
  }
};

const firstLine = async (file: TextFile): Promise<string> => {
  let text = '';
  for await (const piece of decodedText(file)) {
    text += piece;
    const end = text.search(/[\r\n]/);
    if (end >= 0) return text.slice(0, end);
    if (text.length > maxRowLength) break;
  }
  return text;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
