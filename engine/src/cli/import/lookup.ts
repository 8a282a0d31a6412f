import { resolve } from 'node:path';
import type { Lookup, Mapping } from '@ripen/shared/import';
import { CliError } from '../cli-error.ts';
import { inspectTextFile, openCsv } from './text-file.ts';

export type Lookups = Map<string, Lookup>;

/** Reads the mapping's lookups. The first row of a key stands; rows that are not CSV are left out. */
export const readLookups = async (mapping: Mapping, dir: string): Promise<Lookups> => {
  const lookups: Lookups = new Map();
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
