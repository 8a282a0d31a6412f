/** Exit codes of `ripen`; documented in its help. */
export const exitCodes = {
  ok: 0,
  /** The work was done, but something in the input was refused (rows, documents). */
  refused: 1,
  /** The command line itself is wrong, or a file cannot be read. */
  usage: 2,
  /** The server cannot be reached or refused the call. */
  server: 3,
  /** Stopped by a signal; what was done so far is kept. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What ends a command: a sentence for people that says what is wrong, where, and what to do. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(sentence: string, exitCode: ExitCode = exitCodes.usage) {
    super(sentence);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** The sentence of anything thrown. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
