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

/** So many refusals of a load are kept where they can be found later. */
export const mostRefusalsKept = 10_000;
/** So much of a row is kept with its reason. */
const mostOriginal = 2_000;

/** Refusals on their way to the server, in portions; beyond `mostRefusalsKept` they are only counted. */
export class RefusalsToKeep {
  #waiting: Refusal[] = [];
  #kept = 0;
  /** All that there were. */
  count = 0;

  add({ file, line, reason, original }: Refusal): void {
    this.count++;
    if (this.#kept >= mostRefusalsKept) return;
    this.#kept++;
    this.#waiting.push({
      file,
      line,
      reason: ownCopy(tellable(reason.slice(0, 1_000))),
      original: ownCopy(tellable(original.slice(0, mostOriginal))),
    });
  }

  /** The next portion; undefined when all were taken. */
  take(): Refusal[] | undefined {
    return this.#waiting.length === 0 ? undefined : this.#waiting.splice(0, mostRefusalsSent);
  }
}

/** Requests take no NUL, and what was cut may end with half a character. */
const tellable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** Text cut out of a longer one keeps all of that in memory: here a piece of the file for each row, 64 KB for 100 bytes. */
const ownCopy = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/** So many refusals are told at once. */
export const mostRefusalsSent = 100;
