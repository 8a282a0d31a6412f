import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { refusalHeader, refusalLine, RefusalsToKeep, type Refusal } from '@ripen/shared/import';
import { CliError, sentenceOf } from '../cli-error.ts';
import { writeTo } from '../terminal.ts';

/** The error file: CSV with the line, the reason and the original row of everything that was not taken. Made when needed. */
export class RefusalFile {
  readonly path: string;
  #stream: WriteStream | null = null;
  #failure: unknown;
  /** What the server is to be told of them. */
  readonly toKeep = new RefusalsToKeep();
  count = 0;

  constructor(path: string) {
    this.path = path;
  }

  async add(refusal: Refusal): Promise<void> {
    this.count++;
    this.toKeep.add(refusal);
    const stream = (this.#stream ??= this.#open());
    await writeTo(stream, refusalLine(refusal));
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
    stream.write(refusalHeader);
    return stream;
  }

  #check(): void {
    if (this.#failure !== undefined)
      throw new CliError(
        `The error file ${this.path} cannot be written: ${sentenceOf(this.#failure)}. Name another with --errors.`,
      );
  }
}
