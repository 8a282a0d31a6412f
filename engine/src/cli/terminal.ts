import type { Readable, Writable } from 'node:stream';

/** Everything a command touches besides files and the network; tests pass their own. */
export interface Terminal {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  env: Record<string, string | undefined>;
  cwd: string;
  /** Aborted by Ctrl-C: commands stop at the next safe point. */
  signal: AbortSignal;
}

/** Writes and waits when the reader is slower; a reader that went away (`| head`) ends the output quietly. */
export const writeTo = async (stream: Writable, text: string): Promise<void> => {
  if (stream.destroyed || stream.write(text)) return;
  await drained(stream);
};

/** Until the reader has caught up, or is gone. */
export const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      stream.off('error', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
    stream.once('error', done);
  });

/** A line for people; results go to stdout, everything said about them to stderr. */
export const say = (terminal: Terminal, line: string): Promise<void> => writeTo(terminal.stderr, `${line}\n`);
