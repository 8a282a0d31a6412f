import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { readCall } from '@ripen/shared';
import { linesOf } from '../lines.ts';
import type { Progress } from '../progress.ts';
import { openCsv } from './csv.ts';
import { readLookups } from './lookup.ts';
import type { Mapping } from './mapping.ts';
import type { RefusalFile } from './refusals.ts';
import { rowMapper } from './row-mapper.ts';
import { packed } from './sorted-event.ts';
import type { ExternalSorter } from './sorter.ts';
import { RowError } from './template.ts';
import { decodedText, inspectTextFile, type Encoding, type TextFile } from './text-file.ts';

export interface FileReport {
  file: string;
  rows: number;
  refusedRows: number;
  events: number;
}

/** What preparing needs besides the files. */
export interface Preparation {
  sorter: ExternalSorter;
  refusals: RefusalFile;
  progress: Progress;
  /** ms; dates ahead of it are taken as now. */
  now: number;
  signal: AbortSignal;
}

export interface Prepared {
  /** Same files and mapping, same key. */
  key: string;
  files: string[];
  reports: FileReport[];
}

/** Reads CSV files by their mapping, checks every event as the server will, and hands them to the sorter. */
export const prepareCsv = async (mapping: Mapping, dir: string, deps: Preparation): Promise<Prepared> => {
  const lookups = await readLookups(mapping, dir);
  const key = createHash('sha256').update(JSON.stringify(mapping));
  const reports: FileReport[] = [];
  for (const [index, spec] of mapping.files.entries()) {
    const file = await inspectTextFile(resolve(dir, spec.file), spec.encoding);
    key.update(file.hash);
    const table = await openCsv(file, spec);
    const map = rowMapper(mapping, spec, table.header, lookups);
    const report: FileReport = { file: spec.file, rows: 0, refusedRows: 0, events: 0 };
    for await (const row of table.rows) {
      deps.signal.throwIfAborted();
      report.rows++;
      const messages = row.reason === null ? attempt(() => map(row.cells)) : new RowError(row.reason);
      // A row is taken whole or not at all.
      const events =
        messages instanceof RowError
          ? messages
          : attempt(() => messages.map(({ part, message }) => checked(message, idOf(file, row.row, part), deps.now)));
      if (events instanceof RowError) {
        report.refusedRows++;
        await deps.refusals.add({ file: spec.file, line: row.line, reason: events.message, original: row.raw });
      } else {
        for (const event of events)
          await deps.sorter.add({
            at: event.at,
            text: packed({ file: index, line: row.line, json: event.json, original: row.raw }),
          });
        report.events += events.length;
      }
      deps.progress.update(`Reading ${spec.file}`, report.rows);
    }
    reports.push(report);
  }
  return { key: key.digest('hex'), files: mapping.files.map((file) => file.file), reports };
};

/** Reads files of JSON lines in the tracking API's shape. */
export const prepareJsonLines = async (
  paths: readonly string[],
  deps: Preparation,
  encoding?: Encoding,
): Promise<Prepared> => {
  const key = createHash('sha256');
  const reports: FileReport[] = [];
  for (const [index, path] of paths.entries()) {
    const file = await inspectTextFile(path, encoding);
    key.update(file.hash);
    const report: FileReport = { file: basename(path), rows: 0, refusedRows: 0, events: 0 };
    for await (const line of linesOf(decodedText(file))) {
      deps.signal.throwIfAborted();
      report.rows++;
      const event = attempt(() => checked(parsedLine(line.text, line.tooLong), idOf(file, line.number, 0), deps.now));
      if (event instanceof RowError) {
        report.refusedRows++;
        await deps.refusals.add({
          file: report.file,
          line: line.number,
          reason: event.message,
          original: line.text.slice(0, 10_000),
        });
      } else {
        await deps.sorter.add({
          at: event.at,
          text: packed({ file: index, line: line.number, json: event.json, original: '' }),
        });
        report.events++;
      }
      deps.progress.update(`Reading ${report.file}`, report.rows);
    }
    reports.push(report);
  }
  return { key: key.digest('hex'), files: reports.map((report) => report.file), reports };
};

/** Ids come from the file's bytes and the row, so that sending again is safe. */
const idOf = (file: TextFile, row: number, part: number): string => `${file.hash.slice(0, 24)}:${row}:${part}`;

const checked = (message: Record<string, unknown>, id: string, now: number): { at: number; json: string } => {
  if (message['messageId'] === undefined || message['messageId'] === null || message['messageId'] === '')
    message['messageId'] = id;
  // Written before the check, which may repair text in place and keeps parts of the message.
  const json = JSON.stringify(message);
  const result = readCall(message, { receivedAt: now, sentAt: null, historical: true });
  if (!result.ok) throw new RowError(result.error.message);
  return { at: result.arrival.receivedAt, json };
};

const parsedLine = (text: string, tooLong: boolean): Record<string, unknown> => {
  if (tooLong) throw new RowError('is longer than any event may be');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RowError('is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RowError('is not a JSON object');
  const message = value as Record<string, unknown>;
  if (message['timestamp'] === undefined && message['receivedAt'] === undefined) throw new RowError('has no timestamp');
  return message;
};

const attempt = <T>(act: () => T): T | RowError => {
  try {
    return act();
  } catch (error) {
    if (error instanceof RowError) return error;
    throw error;
  }
};
