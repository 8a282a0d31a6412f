import { readCall } from '../contract/tracking.ts';
import type { CsvRow } from './csv.ts';
import { linesOf } from './lines.ts';
import type { RowMapper } from './row-mapper.ts';
import { RowError } from './template.ts';

/** An event ready to be sent. */
export interface ReadyMessage {
  /** When it was received, ms: what a load is sorted by. */
  at: number;
  /** The message as it is sent. */
  json: string;
  /** Whose it is, by the first of the names that it gives. */
  whose: string;
}

/** A row and what became of it: taken whole or not at all. */
export interface ReadRow {
  /** Line of the file on which it begins, from 1. */
  line: number;
  /** As it stands in the file; of JSON lines the beginning. */
  original: string;
  outcome: { ok: true; messages: ReadyMessage[] } | { ok: false; reason: string };
}

/** What reading needs besides the rows. */
export interface ReadContext {
  /** SHA-256 of the file's bytes in hex: ids of messages come from it and the row, so that sending again is safe. */
  hash: string;
  /** ms; dates ahead of it are taken as now. */
  now: number;
}

/** Maps one row of a CSV file and checks every message as the server will. */
export const readCsvRow = (row: CsvRow, map: RowMapper, { hash, now }: ReadContext): ReadRow => ({
  line: row.line,
  original: row.raw,
  outcome: attempt(() => {
    if (row.reason !== null) throw new RowError(row.reason);
    return map(row.cells).map(({ part, message }) => checked(message, idOf(hash, row.row, part), now));
  }),
});

/** Reads JSON lines in the tracking API's shape. */
export async function* readJsonLines(
  pieces: AsyncIterable<string>,
  { hash, now }: ReadContext,
): AsyncGenerator<ReadRow> {
  for await (const line of linesOf(pieces)) {
    yield {
      line: line.number,
      original: line.text.slice(0, 10_000),
      outcome: attempt(() => [checked(parsedLine(line.text, line.tooLong), idOf(hash, line.number, 0), now)]),
    };
  }
}

const idOf = (hash: string, row: number, part: number): string => `${hash.slice(0, 24)}:${row}:${part}`;

const checked = (message: Record<string, unknown>, id: string, now: number): ReadyMessage => {
  if (message['messageId'] === undefined || message['messageId'] === null || message['messageId'] === '')
    message['messageId'] = id;
  // Written before the check, which may repair text in place and keeps parts of the message.
  const json = JSON.stringify(message);
  const result = readCall(message, { receivedAt: now, sentAt: null, historical: true });
  if (!result.ok) throw new RowError(result.error.message);
  const { user, email, anonymous } = result.arrival.identity;
  return { at: result.arrival.receivedAt, json, whose: user ?? email ?? anonymous ?? '' };
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

const attempt = (act: () => ReadyMessage[]): ReadRow['outcome'] => {
  try {
    return { ok: true, messages: act() };
  } catch (error) {
    if (error instanceof RowError) return { ok: false, reason: error.message };
    throw error;
  }
};
