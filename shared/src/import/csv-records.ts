/** A record of a CSV text. */
export interface CsvRecord {
  cells: string[];
  /** As it stands in the text, without its line end. */
  raw: string;
  /** Line on which it begins, from 1. */
  line: number;
  /** Why it cannot be used; null when it can. */
  reason: string | null;
}

/** Longer records are refused, so that a stray quote cannot swallow the file. */
export const maxRecordLength = 1_000_000;

/**
 * Splits a text that arrives in pieces into records (RFC 4180: quoted cells, doubled quotes, line breaks within quotes). A
 * broken record costs itself only: the next one begins on the next line. Libraries that were tried lose what follows a bad
 * quote. Empty lines are left out; a quote within an unquoted cell is a character like any other.
 */
export async function* csvRecords(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  let text = '';
  let line = 1;
  const take = function* (final: boolean): Generator<CsvRecord> {
    let from = 0;
    while (from < text.length) {
      const read = readRecord(text, from, delimiter, final);
      if (read === null) break;
      const raw = withoutEnd(text.slice(from, read.end));
      if (raw !== '') yield { cells: read.cells, raw, line, reason: read.reason };
      line += linesIn(text, from, read.end);
      from = read.end;
    }
    text = text.slice(from);
  };
  for await (const piece of pieces) {
    text += piece;
    yield* take(false);
  }
  yield* take(true);
}

/** The cells of a text that is one record; null when it is none, or more. */
export const cellsOf = (text: string, delimiter: string): string[] | null => {
  const read = readRecord(text, 0, delimiter, true);
  return read?.reason === null && read.end === text.length ? read.cells : null;
};

interface Read {
  cells: string[];
  /** Where the next record begins. */
  end: number;
  reason: string | null;
}

/** One record from `from` on; null when more text is needed to tell where it ends. */
const readRecord = (text: string, from: number, delimiter: string, final: boolean): Read | null => {
  const cells: string[] = [];
  let at = from;
  const firstLineEnd = text.indexOf('\n', from);
  let lineEnd = firstLineEnd;
  if (lineEnd >= 0) {
    const line = text.slice(from, text[lineEnd - 1] === '\r' && lineEnd > from ? lineEnd - 1 : lineEnd);
    // Most records hold no quote: they are cut at once.
    if (!line.includes('"')) return { cells: line.split(delimiter), end: lineEnd + 1, reason: null };
  }
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close < 0 || (close + 1 === text.length && !final)) {
        if (!final && text.length - from <= maxRecordLength) return null;
        // Read from its first line on as if the quote were not there.
        if (close < 0) return broken(text, firstLineEnd, 'opens a quote that is never closed', true);
      }
      if (close - from > maxRecordLength)
        return broken(text, firstLineEnd, 'is too long; a quote may be missing', true);
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
      lineEnd = text.indexOf('\n', at);
      if (at === text.length) return { cells, end: at, reason: null };
      if (text[at] === '\r' && at + 1 === text.length) return final ? { cells, end: at + 1, reason: null } : null;
      if (text[at] === '\r' && at + 1 === lineEnd) return { cells, end: lineEnd + 1, reason: null };
      if (at === lineEnd) return { cells, end: lineEnd + 1, reason: null };
      if (text[at] !== delimiter) return broken(text, firstLineEnd, 'has text after a closing quote', final);
      at++;
      continue;
    }
    if (lineEnd < 0 && !final) {
      if (text.length - from <= maxRecordLength) return null;
      return { cells, end: text.length, reason: 'is too long' };
    }
    const end = lineEnd < 0 ? text.length : lineEnd;
    const next = text.indexOf(delimiter, at);
    if (next < 0 || next >= end) {
      cells.push(withoutEnd(text.slice(at, end)));
      return { cells, end: lineEnd < 0 ? end : end + 1, reason: null };
    }
    cells.push(text.slice(at, next));
    at = next + 1;
  }
};

/** A record that ends with its first line, whatever it holds; null when the line does not end yet. */
const broken = (text: string, lineEnd: number, reason: string, final: boolean): Read | null => {
  if (lineEnd < 0 && !final) return null;
  return { cells: [], end: lineEnd < 0 ? text.length : lineEnd + 1, reason };
};

const closingQuote = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
};

const withoutEnd = (text: string): string =>
  text.endsWith('\r\n') ? text.slice(0, -2) : /[\r\n]$/.test(text) ? text.slice(0, -1) : text;

const linesIn = (text: string, from: number, end: number): number => {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
};
