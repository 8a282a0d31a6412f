import type { Figure } from './figure.ts';

const digits = (value: number): string => {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
};

const aimOf = (aim: Figure['aim']): string =>
  aim === null ? '' : 'atLeast' in aim ? `>= ${digits(aim.atLeast)}` : `<= ${digits(aim.atMost)}`;

const okOf = (ok: boolean | null): string => (ok === null ? '' : ok ? 'yes' : 'NO');

const header = ['figure', 'measured', 'unit', 'beside', 'measured', 'ratio', 'aim', 'ok', 'load'];
const rightAligned = new Set([1, 4, 5, 6, 8]);

/** The table that people read; numbers that only inform follow it, a line per figure. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = figures.map((row) => [
    row.figure,
    digits(row.measured),
    row.unit,
    row.beside,
    digits(row.besideMeasured),
    digits(row.ratio),
    aimOf(row.aim),
    okOf(row.ok),
    row.load.toFixed(1),
  ]);
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return rightAligned.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const details = figures
    .filter((row) => Object.keys(row.details).length > 0)
    .map((row) => {
      const parts = Object.entries(row.details).map(
        ([name, value]) => `${name} ${typeof value === 'number' ? digits(value) : value}`,
      );
      return `  ${row.figure} / ${row.beside}: ${parts.join(', ')}`;
    });
  return [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line), '', ...details].join(
    '\n',
  );
};
