import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import {
  MappingError,
  packed,
  readCsvRow,
  readJsonLines,
  rowMapper,
  type Encoding,
  type ExternalSorter,
  type FileMapping,
  type Mapping,
  type ReadRow,
  type RowMapper,
} from '@ripen/shared/import';
import { CliError } from '../cli-error.ts';
import type { Progress } from '../progress.ts';
import { readLookups, type Lookups } from './lookup.ts';
import type { RefusalFile } from './refusals.ts';
import { decodedText, inspectTextFile, openCsv } from './text-file.ts';

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
    const map = mapperOf(mapping, spec, table.header, lookups);
    const take = taker({ index, name: spec.file, keepsOriginal: true }, deps);
    for await (const row of table.rows) await take.row(readCsvRow(row, map, { hash: file.hash, now: deps.now }));
    reports.push(take.report);
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
    const take = taker({ index, name: basename(path), keepsOriginal: false }, deps);
    for await (const row of readJsonLines(decodedText(file), { hash: file.hash, now: deps.now })) await take.row(row);
    reports.push(take.report);
  }
  return { key: key.digest('hex'), files: reports.map((report) => report.file), reports };
};

/** Takes the rows of one file in: events to the sorter, the rest to the error file. */
const taker = (file: { index: number; name: string; keepsOriginal: boolean }, deps: Preparation) => {
  const report: FileReport = { file: file.name, rows: 0, refusedRows: 0, events: 0 };
  const row = async ({ line, original, outcome }: ReadRow): Promise<void> => {
    deps.signal.throwIfAborted();
    report.rows++;
    if (outcome.ok) {
      for (const { at, json } of outcome.messages)
        await deps.sorter.add({
          at,
          text: packed({ file: file.index, line, json, original: file.keepsOriginal ? original : '' }),
        });
      report.events += outcome.messages.length;
    } else {
      report.refusedRows++;
      await deps.refusals.add({ file: file.name, line, reason: outcome.reason, original });
    }
    deps.progress.update(`Reading ${file.name}`, report.rows);
  };
  return { report, row };
};

/** Compiles one file's mapping against its header. Throws a CliError. */
export const mapperOf = (
  mapping: Mapping,
  spec: FileMapping,
  header: readonly string[],
  lookups: Lookups,
): RowMapper => {
  try {
    return rowMapper(mapping, spec, header, lookups);
  } catch (error) {
    throw error instanceof MappingError ? new CliError(error.message) : error;
  }
};
