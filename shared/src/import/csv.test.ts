import { describe, expect, test } from 'vitest';
import { csvRecords, type CsvRecord } from './csv-records.ts';
import { csvTable, delimiterOf, type CsvOptions } from './csv.ts';
import { decoded, EncodingFinder, whyNoText } from './encoding.ts';

/** Bytes as they would be read from a file: in pieces that end anywhere. */
async function* chunksOf(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const open = async (content: string | Buffer, options: CsvOptions = {}) => {
  const bytes = Buffer.from(content);
  const finder = new EncodingFinder();
  for await (const chunk of chunksOf(bytes, 1_000)) finder.add(chunk);
  const encoding = finder.found();
  const table = await csvTable(() => decoded(chunksOf(bytes, bytes.length > 10_000 ? 65_536 : 7), encoding), {
    damaged: finder.damages(encoding),
    ...options,
  });
  const rows = [];
  for await (const row of table.rows) rows.push(row);
  return { header: table.header, delimiter: table.delimiter, encoding, rows };
};

describe('what a CSV file can look like', () => {
  test('commas, quotes, line breaks and delimiters in cells', async () => {
    const { header, rows } = await open('id,name\n1,"a ""b"", c"\n2,"two\nlines"\n');
    expect(header).toEqual(['id', 'name']);
    expect(rows.map((row) => row.cells)).toEqual([
      ['1', 'a "b", c'],
      ['2', 'two\nlines'],
    ]);
    expect(rows.map((row) => [row.row, row.line, row.reason])).toEqual([
      [1, 2, null],
      [2, 3, null],
    ]);
  });

  test('a byte order mark is not part of the first column', async () => {
    expect((await open('\uFEFFid,name\n1,x\n')).header).toEqual(['id', 'name']);
  });

  test('semicolons, tabs and carriage returns', async () => {
    expect(await open('id;name\r\n1;"x;y"\r\n')).toMatchObject({ delimiter: ';', rows: [{ cells: ['1', 'x;y'] }] });
    expect(await open('id\tname\n1\tx\n')).toMatchObject({ delimiter: '\t', rows: [{ cells: ['1', 'x'] }] });
  });

  test('windows-1252 is found and read', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,'),
      Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x80]),
      Buffer.from('\n'),
    ]);
    expect(await open(bytes)).toMatchObject({ encoding: 'windows-1252', rows: [{ cells: ['1', 'Müller€'] }] });
  });

  test('UTF-8 stays UTF-8, and UTF-16 is known by its mark', async () => {
    expect(await open('id,name\n1,Müller€\n')).toMatchObject({
      encoding: 'utf-8',
      rows: [{ cells: ['1', 'Müller€'] }],
    });
    const utf16 = Buffer.from('\uFEFFid,name\n1,Müller\n', 'utf16le');
    expect(await open(utf16)).toMatchObject({
      encoding: 'utf-16le',
      header: ['id', 'name'],
      rows: [{ cells: ['1', 'Müller'] }],
    });
  });

  test('UTF-16 without its mark is known by its zeros', async () => {
    const text = 'id,name\n1,Müller\n';
    expect(await open(Buffer.from(text, 'utf16le'))).toMatchObject({
      encoding: 'utf-16le',
      rows: [{ cells: ['1', 'Müller'] }],
    });
    expect(await open(Buffer.from(text, 'utf16le').swap16())).toMatchObject({
      encoding: 'utf-16be',
      header: ['id', 'name'],
    });
  });

  test('one row of another encoding in a file of UTF-8 is refused; the umlauts of the others stay', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,Grün\n2,M'),
      Buffer.from([0xfc]),
      Buffer.from('ller\n3,Österreich\n'),
    ]);
    const { encoding, rows } = await open(bytes);
    expect(encoding).toBe('utf-8');
    expect(rows.map(({ line, cells, reason }) => reason ?? [line, ...cells])).toEqual([
      [2, '1', 'Grün'],
      'has bytes that are not in the encoding of the rest of the file: save it in one encoding',
      [4, '3', 'Österreich'],
    ]);
    // A replacement character that somebody else wrote is text like any other.
    expect((await open('id,name\n1,M\uFFFDller\n')).rows).toMatchObject([{ reason: null }]);
  });

  test('umlauts of windows-1252 far down in a long file are found', async () => {
    const long = Buffer.from(`id,name\n${'1,plain\n'.repeat(5_000)}`);
    const { encoding, rows } = await open(Buffer.concat([long, Buffer.from([0x32, 0x2c, 0xd6, 0x6c, 0x0a])]));
    expect([encoding, rows.at(-1)?.cells]).toEqual(['windows-1252', ['2', 'Öl']]);
  });

  test('a row with a NUL is refused', async () => {
    const { rows } = await open('id,name\n1,a\0b\n2,ok\n');
    expect(rows.map(({ reason }) => reason)).toEqual(['has a NUL character: the file may be damaged', null]);
  });

  test('carriage returns alone end lines where the header says so; elsewhere they are part of a cell', async () => {
    expect(await open('id;name\r1;"x\ry"\r2;z\r')).toMatchObject({
      header: ['id', 'name'],
      rows: [{ cells: ['1', 'x\ny'] }, { cells: ['2', 'z'] }],
    });
    expect((await open('id;name\n1;x\ry\n')).rows).toMatchObject([{ cells: ['1', 'x\ry'] }]);
  });

  test('a first line that only names the delimiter is taken at its word', async () => {
    expect(await open('sep=|\r\na,b|c\r\n1|2\r\n')).toMatchObject({
      delimiter: '|',
      header: ['a,b', 'c'],
      rows: [{ cells: ['1', '2'], line: 3, row: 1 }],
    });
  });

  test('columns without a name and names that stand twice are told as they are', async () => {
    expect(await open('id,,name,name,\n1,2,3,4,5\n')).toMatchObject({
      header: ['id', '', 'name', 'name', ''],
      rows: [{ cells: ['1', '2', '3', '4', '5'], reason: null }],
    });
  });

  test('ragged rows are refused with their place and text; the rest goes on', async () => {
    const { rows } = await open('a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n4,5,6\n');
    expect(rows.map((row) => [row.line, row.reason, row.raw])).toEqual([
      [2, null, '1,2,3'],
      [3, 'has 2 cells where the header has 3', '1,2'],
      [4, 'has 4 cells where the header has 3', '1,2,3,4'],
      [6, null, '4,5,6'],
    ]);
  });

  test('rows with nothing in them, as spreadsheets leave them, are passed over', async () => {
    const { rows } = await open('a;b;c\n1;2;3\n;;\n"";  ;\n;5;\n;;;;\n');
    expect(rows.map(({ row, cells }) => [row, cells])).toEqual([
      [1, ['1', '2', '3']],
      [4, ['', '5', '']],
    ]);
  });

  test('a row that was quoted as a whole is the row that it is; a cell that only looks like one is not', async () => {
    const { rows } = await open('a,b,c\n"1,""x, y"",3"\n"1,2"\n"1,2,3",4,5\n');
    expect(rows.map(({ cells, reason }) => reason ?? cells)).toEqual([
      ['1', 'x, y', '3'],
      'has 1 cell where the header has 3',
      ['1,2,3', '4', '5'],
    ]);
  });

  test('a broken quote costs its own row only', async () => {
    const { rows } = await open('a,b\n1,"x" y\n2,ok\n3,x"y\n4,"never\n5,"ok"\n6,ok');
    expect(rows.map((row) => [row.row, row.line, row.reason === null ? row.cells : row.reason])).toEqual([
      [1, 2, 'has text after a closing quote'],
      [2, 3, ['2', 'ok']],
      [3, 4, ['3', 'x"y']],
      [4, 5, 'has text after a closing quote'],
      [5, 6, ['5', 'ok']],
      [6, 7, ['6', 'ok']],
    ]);
  });

  test('a quote that never closes costs its own row only', async () => {
    const { rows } = await open('a,b\n1,x\n2,"never\n3,y\n');
    expect(rows.map((row) => [row.cells, row.reason])).toEqual([
      [['1', 'x'], null],
      [[], 'opens a quote that is never closed'],
      [['3', 'y'], null],
    ]);
  });

  test('a quote that swallows a megabyte costs its own row only', async () => {
    const many = Array.from({ length: 60_000 }, (_, index) => `${index},value of the row`).join('\n');
    const { rows } = await open(`a,b\n0,"lost\n${many}\n`);
    expect(rows).toHaveLength(60_001);
    expect(rows.filter((row) => row.reason !== null).map((row) => row.raw)).toEqual(['0,"lost']);
  });

  test('rows are the same wherever the pieces are cut', async () => {
    const text = 'a,b\r\n1,"x ""y"", z"\r\n"2","line\r\nbreak"\r\n\r\n3,"bad" x\r\n4,\r\n5,"open';
    const read = async (size: number): Promise<CsvRecord[]> => {
      const pieces = async function* (): AsyncGenerator<string> {
        for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
      };
      const records: CsvRecord[] = [];
      for await (const record of csvRecords(pieces(), ',')) records.push(record);
      return records;
    };
    const whole = await read(text.length);
    expect(whole.map((record) => record.line)).toEqual([1, 2, 3, 6, 7, 8]);
    for (let size = 1; size < 12; size++) expect(await read(size)).toEqual(whole);
  });

  test('files without a header take the names given', async () => {
    expect(await open('1,x\n', { columns: ['id', 'name'] })).toMatchObject({
      header: ['id', 'name'],
      rows: [{ cells: ['1', 'x'] }],
    });
  });

  test('an empty file has no rows', async () => {
    expect(await open('')).toMatchObject({ header: [], rows: [] });
  });
});

test.each([
  ['a,b;c,d', ','],
  ['"a,b";"c,d"', ';'],
  ['a|b|c', '|'],
  ['single', ','],
])('the delimiter of %s is %s', (line, delimiter) => {
  expect(delimiterOf(line)).toBe(delimiter);
});

test.each([
  [[0x50, 0x4b, 0x03, 0x04, 0x14], 'is a spreadsheet or an archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an old spreadsheet'],
  [[0x1f, 0x8b, 8], 'is compressed'],
  [[...Buffer.from('%PDF-1.7')], 'is a PDF'],
  [[...Buffer.from('id,name\n')], null],
  [[], null],
])('%j is no text when its first bytes say so', (bytes, why) => {
  const said = whyNoText(new Uint8Array(bytes));
  if (why === null) expect(said).toBeNull();
  else expect(said).toContain(why);
});

test('a long file of one column is read in a moment', async () => {
  const { rows } = await open(`id\n${'0123456789\n'.repeat(100_000)}`);
  expect(rows).toHaveLength(100_000);
}, 2_000);
