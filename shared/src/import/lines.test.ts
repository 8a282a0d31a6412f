import { expect, test } from 'vitest';
import { linesOf, maxLineLength } from './lines.ts';

const read = async (pieces: string[]): Promise<[number, string][]> => {
  const lines: [number, string][] = [];
  for await (const line of linesOf(pieces)) lines.push([line.number, line.text]);
  return lines;
};

test('lines are put together from any pieces; empty ones are counted', async () => {
  expect(await read(['a', 'b\nc', '\r\n', '\n\r\nd', 'e'])).toEqual([
    [1, 'ab'],
    [2, 'c'],
    [5, 'de'],
  ]);
});

test('separators that are legal within JSON do not end lines', async () => {
  expect(await read(['"x\u2028y"\n1'])).toEqual([
    [1, '"x\u2028y"'],
    [2, '1'],
  ]);
});

test('a line without end is cut and said to be too long', async () => {
  const pieces = ['x'.repeat(maxLineLength), 'x'.repeat(maxLineLength), 'x\n', 'next\n'];
  const lines = [];
  for await (const line of linesOf(pieces)) lines.push([line.number, line.tooLong]);
  expect(lines).toEqual([
    [1, true],
    [2, false],
  ]);
});
