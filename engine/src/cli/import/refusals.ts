import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { CliError, sentenceOf } from '../cli-error.ts';
import { writeTo } from '../terminal.ts';

export interface Refusal {
  file: string;
  /** Line of the file, from 1. */
  line: number;
  reason: string;
  /** The row as it stands in the file. */
  original: string;
}

/** The error file: CSV with the line, the reason and the original row of everything that was not taken. Made when needed. */
export class RefusalFile {
  readonly path: string;
  #stream: WriteStream | null = null;
  #failure: unknown;
  count = 0;

  constructor(path: string) {
    this.path = path;
  }

  async add(refusal: Refusal): Promise<void> {
    this.count++;
    const stream = (this.#stream ??= this.#open());
    await writeTo(
      stream,
      [refusal.file, String(refusal.line), refusal.reason, refusal.original].map(quoted).join(',') + '\n',
    );
    this.#check();
  }

  async close(): Promise<void> {
    if (!this.#stream) return;
    this.#stream.end();
    await finished(this.#stream).catch((error: unknown) => {
      this.#failure = error;
    });
    this.#check();
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.path);
    stream.on('error', (error) => {
      this.#failure = error;
    });
    stream.write('file,line,reason,row\n');
    return stream;
  }

  #check(): void {
    if (this.#failure !== undefined)
      throw new CliError(
        `The error file ${this.path} cannot be written: ${sentenceOf(this.#failure)}. Name another with --errors.`,
      );
  }
}

const quoted = (cell: string): string => (/[",\n\r;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
