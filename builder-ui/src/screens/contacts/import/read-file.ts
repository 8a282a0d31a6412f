import {
  csvTable,
  decoded,
  ExternalSorter,
  packed,
  readAccountCsvRow,
  readCsvRow,
  readJsonLines,
  rowMapper,
  type Mapping,
  type ReadContext,
  type ReadRow,
} from '@ripen/shared/import';
import { breather } from './breath.ts';
import { beginningOf, bytesOf, hashOfText, markOf, once } from './file-bytes.ts';
import type { Sample } from './guess.ts';
import { RefusalList } from './refusal-list.ts';
import { spillBlobs } from './spill-blobs.ts';

/** How the file is read: CSV by a mapping, or JSON lines in the tracking API's shape. */
export type Reading = { kind: 'csv'; mapping: Mapping } | { kind: 'json' };

const sampleRows = 200;
/** A sorted piece, characters: sorting one takes some hundredths of a second. */
const sortBudget = 8_000_000;
/** Contacts, or accounts, are counted one by one up to so many. */
const mostCounted = 2_000_000;

export const isJsonLines = (name: string): boolean => /\.(jsonl|ndjson|json)$/i.test(name);

/** Whether rows say something of accounts, not of contacts. */
export const isOfAccounts = (reading: Reading): boolean =>
  reading.kind === 'csv' && reading.mapping.files.some(({ events }) => events.some(({ type }) => type === 'account'));

/** The header and first rows of a CSV file. */
export const sampleOf = async (file: Blob): Promise<Sample> => {
  const { text } = await beginningOf(file);
  const table = await csvTable(() => once(text));
  const rows: string[][] = [];
  for await (const row of table.rows) {
    if (row.reason === null) rows.push(row.cells);
    if (rows.length >= sampleRows) break;
  }
  return { header: table.header, rows };
};

/** What becomes of the first rows. Throws a MappingError when the mapping does not fit the file. */
export const previewOf = async (file: File, reading: Reading, most: number, now: number): Promise<ReadRow[]> => {
  const { text, damaged } = await beginningOf(file);
  const rows: ReadRow[] = [];
  for await (const row of rowsOf(() => once(text), reading, { hash: 'preview', now, damaged })) {
    rows.push(row);
    if (rows.length >= most) break;
  }
  return rows;
};

async function* rowsOf(
  open: () => AsyncIterable<string>,
  reading: Reading,
  context: ReadContext & { damaged: boolean },
): AsyncGenerator<ReadRow> {
  if (reading.kind === 'json') {
    yield* readJsonLines(open(), context);
    return;
  }
  const table = await csvTable(open, { damaged: context.damaged });
  const [spec] = reading.mapping.files;
  if (!spec) return;
  const map = rowMapper(reading.mapping, spec, table.header, new Map());
  const read = isOfAccounts(reading) ? readAccountCsvRow : readCsvRow;
  for await (const row of table.rows) yield read(row, map, context);
}

/** A file that was read, checked and sorted. */
export interface ReadFile {
  /** Same file and mapping, same key. */
  key: string;
  rows: number;
  events: number;
  /** How many contacts (or accounts) they name; null when they are too many to be counted here. */
  whose: number | null;
  sorter: ExternalSorter;
  refusals: RefusalList;
}

/** Reads a file twice, in slices: for its mark, then for its rows. `onShare` is told what share is done, 0 to 1. */
export const readFile = async (
  file: File,
  reading: Reading,
  { now, onShare, signal }: { now: number; onShare: (share: number) => void; signal: AbortSignal },
): Promise<ReadFile> => {
  const size = Math.max(file.size, 1);
  const { hash, encoding, damaged } = await markOf(file, { onRead: (bytes) => onShare(bytes / size / 3), signal });
  const sorter = new ExternalSorter(spillBlobs, sortBudget);
  const refusals = new RefusalList();
  const named = new Set<string>();
  const breathe = breather();
  let rows = 0;
  // The table looks at the beginning once more to find its delimiter: progress only grows.
  let reached = 0;
  const open = () =>
    decoded(
      bytesOf(file, (bytes) => onShare(1 / 3 + ((reached = Math.max(reached, bytes)) / size) * (2 / 3))),
      encoding,
    );
  for await (const { line, original, outcome } of rowsOf(open, reading, { hash, now, damaged })) {
    signal.throwIfAborted();
    await breathe();
    rows++;
    if (!outcome.ok) {
      refusals.add({ file: file.name, line, reason: outcome.reason, original });
      continue;
    }
    for (const { at, json, whose } of outcome.messages) {
      if (named.size <= mostCounted) named.add(whose);
      await sorter.add({ at, text: packed({ file: 0, line, json, original: reading.kind === 'csv' ? original : '' }) });
    }
  }
  const said = reading.kind === 'csv' ? JSON.stringify({ ...reading.mapping, files: untimed(reading.mapping) }) : '';
  return {
    key: hashOfText(`${hash}\n${said}`),
    rows,
    events: sorter.count,
    whose: named.size > mostCounted ? null : named.size,
    sorter,
    refusals,
  };
};

/** Without the moment that stands for a missing date: the same file and choices tomorrow are the same import. */
const untimed = ({ files }: Mapping): unknown =>
  files.map((file) => ({
    ...file,
    events: file.events.map((event) => (event.timestamp.startsWith('{') ? event : { ...event, timestamp: null })),
  }));
