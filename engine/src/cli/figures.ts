import type { OptionSpec } from './command.ts';
import { counted, grouped } from './progress.ts';

/** Of commands whose figures programs read too. */
export const jsonOption = {
  json: { type: 'boolean', help: 'Write what was found as JSON' },
} as const satisfies Record<string, OptionSpec>;

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Rows of cells as lines: the first column begins at the left, the others end at the right. */
export const table = (rows: readonly (readonly string[])[], indent = 2): string[] => {
  const widths = rows.reduce<number[]>((widest, row) => {
    for (const [column, cell] of row.entries()) widest[column] = Math.max(widest[column] ?? 0, cell.length);
    return widest;
  }, []);
  return rows.map((row) =>
    (
      ' '.repeat(indent) +
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
    ).trimEnd(),
  );
};

/** 0.1234 -> 12.3 % */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A part of all as a percentage; of nobody it is none. */
export const shareOf = (count: number, all: number): string => (all === 0 ? '-' : percent(count / all));

/** 12.3456 -> 12.35 */
export const points = (value: number): string => String(Math.round(value * 100) / 100);

/** How many contacts a picture is of, and how many of them were looked at. */
export const ofContacts = (sampling: { contacts: number; sampleSize: number; sampled: boolean }): string =>
  sampling.sampled
    ? `about ${counted(sampling.contacts, 'contact')}, from a sample of ${grouped(sampling.sampleSize)}`
    : counted(sampling.contacts, 'contact');

/** A count, and what it lies between where it was estimated. */
export const totalWords = ({
  count,
  exact,
  range,
}: {
  count: number;
  exact: boolean;
  range?: { from: number; to: number } | undefined;
}): string =>
  exact
    ? counted(count, 'contact')
    : `about ${counted(count, 'contact')}${range ? ` (${grouped(range.from)} to ${grouped(range.to)})` : ''}`;
