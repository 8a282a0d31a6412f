export interface Refusal {
  file: string;
  /** Line of the file, from 1. */
  line: number;
  reason: string;
  /** The row as it stands in the file. */
  original: string;
}

/** The error file: CSV with the line, the reason and the original row of everything that was not taken. */
export const refusalHeader = 'file,line,reason,row\n';

export const refusalLine = ({ file, line, reason, original }: Refusal): string =>
  `${[file, String(line), reason, original].map(quoted).join(',')}\n`;

const quoted = (cell: string): string => (/[",\n\r;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
