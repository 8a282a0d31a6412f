import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { openCsv } from './csv.ts';
import type { Mapping } from './mapping.ts';
import { inspectTextFile } from './text-file.ts';

/** A table that rows are joined with, held in memory. */
export interface Lookup {
  file: string;
  columns: string[];
  rows: Map<string, string[]>;
}

/** Reads the mapping's lookups. The first row of a key stands; rows that are not CSV are left out. */
export const readLookups = async (mapping: Mapping, dir: string): Promise<Map<string, Lookup>> => {
  const lookups = new Map<string, Lookup>();
  for (const [name, spec] of Object.entries(mapping.lookups)) {
    const table = await openCsv(await inspectTextFile(resolve(dir, spec.file), spec.encoding), spec);
    const key = table.header.indexOf(spec.key);
    if (key < 0)
      throw new CliError(`The lookup ${spec.file} has no column "${spec.key}". It has: ${table.header.join(', ')}.`);
    const rows = new Map<string, string[]>();
    for await (const row of table.rows) {
      const value = (row.cells[key] ?? '').trim();
      if (row.reason === null && value !== '' && !rows.has(value)) rows.set(value, row.cells);
    }
    lookups.set(name, { file: spec.file, columns: table.header, rows });
  }
  return lookups;
};
