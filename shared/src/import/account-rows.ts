import { accountSayingSchema, type AccountSaying } from '../contract/api-accounts.ts';
import type { CsvRow } from './csv.ts';
import type { ReadContext, ReadRow } from './messages.ts';
import { RowError } from './template.ts';
import type { RowMapper } from './row-mapper.ts';

/** What a row says of accounts: taken whole or not at all. */
export type ReadAccountRow = { ok: true; said: AccountSaying[] } | { ok: false; reason: string };

/** Reads a row of a mapping of accounts, and checks it as the server will. */
export const readAccountRow = (row: CsvRow, map: RowMapper): ReadAccountRow => {
  if (row.reason !== null) return { ok: false, reason: row.reason };
  try {
    return { ok: true, said: map(row.cells).map(({ message }) => saying(message)) };
  } catch (error) {
    if (error instanceof RowError) return { ok: false, reason: error.message };
    throw error;
  }
};

/** The same as rows of contacts are read: each saying ready to be sent. */
export const readAccountCsvRow = (row: CsvRow, map: RowMapper, { now }: ReadContext): ReadRow => {
  const read = readAccountRow(row, map);
  return {
    line: row.line,
    original: row.raw,
    outcome: read.ok
      ? {
          ok: true,
          messages: read.said.map((said) => ({
            at: said.at === undefined ? now : Date.parse(said.at),
            json: JSON.stringify(said),
            whose: said.id ?? said.name ?? '',
          })),
        }
      : read,
  };
};

const saying = ({ type: _, ...message }: Record<string, unknown>): AccountSaying => {
  const parsed = accountSayingSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  throw new RowError(parsed.error.issues[0]?.message ?? 'cannot be read');
};
