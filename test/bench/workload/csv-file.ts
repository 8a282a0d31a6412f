import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const header = 'id;email;Vorname;Nachname;Land;Quelle;Besuche;Umsatz;Angelegt;Notiz';
const countries = ['DE', 'US', 'Österreich', 'FR', 'IN'];
const sources = ['Messe', 'Suche', 'Empfehlung', 'Anzeige'];
const note = 'Rief an; möchte "bald" mehr wissen. ';
/** Of a row, some: as wide as exports of a CRM with their remarks are. */
export const rowBytes = 1_000;
const firstDay = Date.UTC(2024, 0, 1);
const minuteMs = 60_000;

/** One contact in a row, as spreadsheets of Europe write it; every fiftieth number is none. */
const rowOf = (prefix: string, index: number): string => {
  const day = new Date(firstDay + ((index * 7_919) % 1_000_000) * minuteMs).toISOString();
  const at = `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)} ${day.slice(11, 16)}`;
  const sum = index % 50 === 17 ? 'viel' : `${index % 9}.${String(index % 1_000).padStart(3, '0')},5`;
  const values = [`Jörg${index % 977}`, `Groß${index % 1_201}`, countries[index % 5], sources[index % 4], index % 20];
  const start = `${prefix}${index};${prefix}${index}@example.com;${values.join(';')};${sum};${at};`;
  const text = note.repeat(Math.ceil((rowBytes - start.length) / note.length)).slice(0, rowBytes - start.length - 4);
  return `${start}"${text.replaceAll('"', '""')}"\n`;
};

/** So many rows have a number that is none: they are refused. */
export const refusedOf = (rows: number): number => Math.floor((rows + 32) / 50);

/** Writes a CSV file in windows-1252 with a contact in each row. Contacts of two prefixes are not the same. */
export const writeCsv = async (path: string, { rows, prefix }: { rows: number; prefix: string }): Promise<void> => {
  const pieces = function* (): Generator<Buffer> {
    let text = `${header}\n`;
    for (let index = 0; index < rows; index++) {
      text += rowOf(prefix, index);
      if (text.length < 1_000_000) continue;
      yield Buffer.from(text, 'latin1');
      text = '';
    }
    yield Buffer.from(text, 'latin1');
  };
  await pipeline(Readable.from(pieces()), createWriteStream(path));
};

/** What `ripen import` is told of such a file. */
export const csvFlags = [
  ...['--user-id', 'id', '--email', 'email', '--time', 'Angelegt', '--date-format', 'dd.MM.yyyy HH:mm'],
  ...['--decimal', ',', '--property', 'Vorname', '--property', 'Nachname', '--property', 'Land'],
  ...['--property', 'Quelle', '--property', 'Besuche|number', '--property', 'Umsatz|number'],
];
