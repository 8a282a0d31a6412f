import { resolve } from 'node:path';
import type { AccountSaying } from '@ripen/shared';
import { BatchRoom, readAccountRow, type Mapping } from '@ripen/shared/import';
import type { Api } from '../api.ts';
import { CliError } from '../cli-error.ts';
import type { Progress } from '../progress.ts';
import { readLookups } from './lookup.ts';
import { mapperOf } from './prepare.ts';
import type { RefusalFile } from './refusals.ts';
import { inspectTextFile, openCsv } from './text-file.ts';

/** Whether the rows of a mapping are accounts. Throws where some are and some are not. */
export const isOfAccounts = ({ files }: Mapping): boolean => {
  const events = files.flatMap((file) => file.events);
  const accounts = events.filter(({ type }) => type === 'account').length;
  if (accounts > 0 && accounts < events.length)
    throw new CliError(
      'Accounts and events of contacts cannot be imported together; write a mapping for each, and import one after the other.',
    );
  return accounts > 0;
};

/** What importing accounts needs besides the files. */
export interface AccountImport {
  /** Null only reads and checks. */
  api: Api | null;
  reason: string;
  refusals: RefusalFile;
  progress: Progress;
  signal: AbortSignal;
}

export interface AccountReport {
  rows: number;
  /** Sayings that were taken; a row can say something of several accounts. */
  said: number;
  /** Of the accounts said something of, those that no contact belongs to yet; counted anew in each batch. */
  withoutContacts: number;
}

/**
 * Reads files of accounts row by row and says what they say, batch after batch. Of each field the newest word counts, so that
 * neither the order of rows matters nor how often they are sent: who is stopped starts again.
 */
export const importAccounts = async (mapping: Mapping, dir: string, deps: AccountImport): Promise<AccountReport> => {
  const lookups = await readLookups(mapping, dir);
  const report: AccountReport = { rows: 0, said: 0, withoutContacts: 0 };
  let batch: AccountSaying[] = [];
  const room = BatchRoom.ofAccounts();
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const answer = await deps.api?.sayOfAccounts({ reason: deps.reason, accounts: batch });
    report.said += batch.length;
    report.withoutContacts += answer?.withoutContacts ?? 0;
    batch = [];
    room.empty();
  };
  for (const spec of mapping.files) {
    const file = await inspectTextFile(resolve(dir, spec.file), spec.encoding);
    const table = await openCsv(file, spec);
    const map = mapperOf(mapping, spec, table.header, lookups);
    for await (const row of table.rows) {
      deps.signal.throwIfAborted();
      report.rows++;
      const read = readAccountRow(row, map);
      if (!read.ok) {
        await deps.refusals.add({ file: spec.file, line: row.line, reason: read.reason, original: row.raw });
        continue;
      }
      for (const said of read.said) {
        const json = JSON.stringify(said);
        if (!room.admits(json)) {
          await flush();
          room.admits(json);
        }
        batch.push(said);
      }
      deps.progress.update(`Reading ${spec.file}`, report.rows);
    }
  }
  await flush();
  return report;
};
